/// The (k,l)-core, or D-core, of a directed graph.
///
///     let core = DirectedCore(of: payments.simplified(), minInDegree: 5, minOutDegree: 5)
///     core.size     // those whom 5 of each other pay and who pay 5 of each other
///
/// It is the largest set of nodes in which everybody has at least k arcs from the set and l arcs
/// to it. Arcs are counted as they are: parallel arcs each, a loop once in either direction; call
/// `simplified()` first to count partners. O(n + m).
///
/// Source: Giatsidis, Thilikos, Vazirgiannis, "D-cores: measuring collaboration of directed graphs
/// based on degeneracy", ICDM 2011.
public struct DirectedCore: Sendable, Equatable {
  /// Whether each node is in the core; n entries.
  public let isMember: [Bool]

  /// Number of nodes in the core.
  public let size: Int

  /// Peels `graph` down to its (k,l)-core, k = `minInDegree`, l = `minOutDegree`.
  public init(of graph: SparseGraph, minInDegree: Int, minOutDegree: Int) {
    let peel = DirectedPeel(graph)
    let nodes = 0..<Int32(graph.nodeCount)
    peel.peel(Array(nodes), minInDegree: minInDegree, minOutDegree: minOutDegree)
    let isMember = nodes.map { peel.isAlive[$0] }
    self.isMember = isMember
    self.size = isMember.count { $0 }
  }
}
