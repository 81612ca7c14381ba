/// Sets that are joined until they are the connected components of a graph.
///
/// Source: Tarjan, van Leeuwen, "Worst-case analysis of set union algorithms", JACM 1984 (linking by
/// size, path halving).
struct DisjointSets {
  /// The parent of each element, or minus the size of the set of which it is the root.
  private var parents: [Int32]

  init(count: Int) { parents = Array(repeating: -1, count: count) }

  func isAlone(_ element: Int) -> Bool { parents[element] == -1 }

  mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] >= 0 {
      let parent = Int(parents[element])
      guard parents[parent] >= 0 else { return parent }
      parents[element] = parents[parent]
      element = Int(parents[element])
    }
    return element
  }

  mutating func join(_ a: Int, _ b: Int) {
    var (large, small) = (root(of: a), root(of: b))
    guard large != small else { return }
    if parents[large] > parents[small] { swap(&large, &small) }
    parents[large] += parents[small]
    parents[small] = Int32(large)
  }
}
