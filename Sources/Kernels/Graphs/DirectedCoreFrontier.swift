/// The sizes of all non-empty (k,l)-cores of a directed graph.
///
///     let frontier = DirectedCoreFrontier(of: graph)
///     frontier.size(minInDegree: 3, minOutDegree: 10)
///     frontier.maxOutDegrees[3]        // the greatest l with a (3,l)-core
///
/// Arcs are counted as in `DirectedCore`. O(m k_max), over cores that shrink as k grows.
///
/// Source: Giatsidis, Thilikos, Vazirgiannis, "D-cores: measuring collaboration of directed graphs
/// based on degeneracy", ICDM 2011.
public struct DirectedCoreFrontier: Sendable, Equatable {
  /// The number of nodes of each core: `sizes[k][l]` for all k and l with a core.
  public let sizes: [[Int]]

  /// Finds all the cores of `graph`.
  public init(of graph: SparseGraph) {
    var peel = DirectedCorePeel(graph)
    var sizes: [[Int]] = []
    while let row = peel.nextRow() { sizes.append(row) }
    self.sizes = sizes
  }

  /// The greatest l with a (k,l)-core, for each k from 0: the frontier itself.
  public var maxOutDegrees: [Int] { sizes.map { $0.count - 1 } }

  /// The greatest k with a (k,k)-core; -1 for a graph without nodes.
  public var maxDiagonal: Int {
    (sizes.indices.last { $0 < sizes[$0].count }) ?? -1
  }

  /// Number of non-empty cores.
  public var cellCount: Int { sizes.reduce(0) { $0 + $1.count } }

  /// The number of nodes of one core, 0 beyond the frontier: O(1).
  public func size(minInDegree k: Int, minOutDegree l: Int) -> Int {
    let (k, l) = (max(k, 0), max(l, 0))
    guard k < sizes.count, l < sizes[k].count else { return 0 }
    return sizes[k][l]
  }
}
