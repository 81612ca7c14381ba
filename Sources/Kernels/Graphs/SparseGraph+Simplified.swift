extension SparseGraph {
  /// The simple digraph: loops dropped, parallel arcs merged into one of their summed weight.
  ///
  /// The arcs of each node are ordered by head. Two transpositions sort them without a comparison:
  /// O(n + m). `DirectedCore` counts arcs, so call this first to count trading partners instead of
  /// payments.
  public func simplified() -> SparseGraph {
    let sorted = transposed().transposed().arcs
    var tails: [Int32] = []
    var heads: [Int32] = []
    var weights: [Int64] = []
    for arc in 0..<sorted.count where sorted.tails[arc] != sorted.heads[arc] {
      if tails.last == sorted.tails[arc], heads.last == sorted.heads[arc] {
        weights[weights.count - 1] += sorted.weights[arc]
      } else {
        tails.append(sorted.tails[arc])
        heads.append(sorted.heads[arc])
        weights.append(sorted.weights[arc])
      }
    }
    return SparseGraph(
      ArcList(trusted: nodeCount, tails: tails, heads: heads, weights: weights))
  }
}
