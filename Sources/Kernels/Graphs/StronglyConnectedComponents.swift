/// The strongly connected components of a directed graph: who can reach whom, and back.
///
///     let components = StronglyConnectedComponents(of: graph)
///     components.sizes[Int(components.labels[node])]     // how many share a cycle with `node`
///
/// In a graph of payments they are the groups within which money can circulate. Labels are
/// numbered by first appearance: node 0 has label 0, and the next node that is not in its
/// component has label 1. O(n + m), 13 bytes a node of working memory, no recursion.
///
/// Source: Pearce, "A space-efficient algorithm for finding strongly connected components",
/// Information Processing Letters 116 (2016).
public struct StronglyConnectedComponents: Sendable, Equatable {
  /// The component of each node; n entries in `0..<count`.
  public let labels: [Int32]

  /// The number of nodes of each component.
  public let sizes: [Int]

  /// Finds the components of `graph`.
  public init(of graph: SparseGraph) {
    let search = PearceSearch(graph.adjacency)
    var numbers = [Int32](repeating: -1, count: graph.nodeCount + 1)
    var labels: [Int32] = []
    var sizes: [Int] = []
    labels.reserveCapacity(graph.nodeCount)
    for node in 0..<graph.nodeCount {
      let component = search.component(of: node)
      if numbers[component] < 0 {
        numbers[component] = Int32(sizes.count)
        sizes.append(0)
      }
      labels.append(numbers[component])
      sizes[Int(numbers[component])] += 1
    }
    self.labels = labels
    self.sizes = sizes
  }

  /// Number of components.
  public var count: Int { sizes.count }

  /// The number of nodes of the largest component; 0 for a graph without nodes.
  public var largestSize: Int { sizes.max() ?? 0 }
}
