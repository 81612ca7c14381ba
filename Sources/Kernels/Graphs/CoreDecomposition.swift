/// The k-cores of a graph: the largest parts in which everybody has k partners within the part.
///
///     let cores = CoreDecomposition(of: graph)
///     cores.degeneracy       // the greatest k with a k-core
///     cores.coreNumbers[v]   // the greatest k whose core holds v
///
/// The graph is taken as simple and undirected: directions are ignored, reciprocal and parallel
/// arcs merged into one edge, loops dropped. Libraries that count a reciprocal pair twice report
/// larger numbers. O(n + m).
///
/// Source: Batagelj, Zaversnik, "An O(m) algorithm for cores decomposition of networks",
/// arXiv cs/0310049 (2003).
public struct CoreDecomposition: Sendable, Equatable {
  /// The core number of each node; n entries.
  public let coreNumbers: [Int32]

  /// The greatest core number; 0 for a graph without edges.
  public let degeneracy: Int

  /// Number of nodes in the top core, the one of the degeneracy.
  public let topCoreSize: Int

  /// Number of edges of the simple undirected graph.
  public let edgeCount: Int

  /// Peels `graph`, always removing a node of the smallest degree.
  public init(of graph: SparseGraph) {
    let neighbours = Adjacency.simpleUndirected(graph.adjacency)
    let coreNumbers = Self.peel(neighbours)
    let degeneracy = coreNumbers.max() ?? 0
    self.coreNumbers = coreNumbers
    self.degeneracy = Int(degeneracy)
    self.topCoreSize = coreNumbers.count { $0 == degeneracy }
    self.edgeCount = neighbours.targets.count / 2
  }

  private static func peel(_ neighbours: Adjacency) -> [Int32] {
    let buckets = DegreeBuckets(neighbours)
    for place in 0..<neighbours.nodeCount {
      let node = buckets.node(at: place)
      let core = buckets.degree(of: node)
      for arc in neighbours.arcs(of: Int(node)) {
        let neighbour = neighbours.targets[arc]
        if buckets.degree(of: neighbour) > core { buckets.lower(neighbour) }
      }
    }
    return (0..<Int32(neighbours.nodeCount)).map { buckets.degree(of: $0) }
  }
}

extension DegreeBuckets {
  /// All nodes of a graph, sorted by degree.
  init(_ graph: Adjacency) {
    let degrees = graph.degrees()
    self.init(nodeCount: graph.nodeCount, degreeMax: Int(degrees.max() ?? 0))
    fill(Array(0..<Int32(graph.nodeCount)), degrees: GraphBuffer(degrees))
  }
}
