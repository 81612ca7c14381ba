/// A directed graph with non-negative weights in compressed sparse row (CSR) form.
///
///     let graph = try SparseGraph(
///       nodeCount: 3, tails: [0, 2, 0], heads: [1, 0, 2], weights: [5, 7, 9])
///     graph.outDegree(of: 0)       // 2
///     graph.strengths().out[0]     // 14
///
/// The arcs of node `v` take the positions `offsets[v]..<offsets[v + 1]` of `targets` and
/// `weights`, in the order of the input. Parallel arcs and loops are kept. The weights sum to less
/// than 2^63, so no sum over a part of them overflows.
public struct SparseGraph: Sendable, Equatable {
  /// Number of nodes, n.
  public let nodeCount: Int

  /// Where the arcs of each node begin; n + 1 entries.
  public let offsets: [Int32]

  /// The head of each arc; m entries.
  public let targets: [Int32]

  /// The weight of each arc, in the unit of the input; m entries.
  public let weights: [Int64]

  /// Sorts the arcs `tails[i] -> heads[i]` by tail, stably, by counting: O(n + m).
  ///
  /// - Parameters:
  ///   - nodeCount: the nodes are `0..<nodeCount`.
  ///   - tails: where each arc leaves.
  ///   - heads: where each arc enters.
  ///   - weights: what each arc carries.
  /// - Throws: `GraphError` for arrays of unequal length, ids out of range, negative weights,
  ///   a sum of weights of 2^63 or more, and more than 2^30 - 1 arcs.
  public init(
    nodeCount: Int, tails: [Int32], heads: [Int32], weights: [Int64]
  ) throws(GraphError) {
    self.init(
      try ArcList(checking: nodeCount, tails: tails, heads: heads, weights: weights))
  }

  init(_ arcs: ArcList) {
    let offsets = Adjacency.offsets(counting: arcs.tails, nodeCount: arcs.nodeCount)
    self.nodeCount = arcs.nodeCount
    self.offsets = offsets
    self.targets = Adjacency.scatter(arcs.heads, by: arcs.tails, offsets: offsets)
    self.weights = Adjacency.scatter(arcs.weights, by: arcs.tails, offsets: offsets)
  }

  /// Number of arcs, m.
  public var arcCount: Int { targets.count }

  /// Calls `body` with the heads and the weights of the arcs that leave `node`: O(1), no copy.
  @inlinable
  public func withSuccessors<Result, Failure: Error>(
    of node: Int, _ body: (Span<Int32>, Span<Int64>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let arcs = Int(offsets[node])..<Int(offsets[node + 1])
    return try body(targets.span.extracting(arcs), weights.span.extracting(arcs))
  }

  /// The graph with every arc reversed; the arcs of each node are ordered by head: O(n + m).
  public func transposed() -> SparseGraph {
    SparseGraph(
      ArcList(trusted: nodeCount, tails: targets, heads: adjacency.sources(), weights: weights))
  }

  /// The arcs without their weights.
  var adjacency: Adjacency { Adjacency(offsets: offsets, targets: targets) }

  /// The arcs in the order of their positions.
  var arcs: ArcList {
    ArcList(trusted: nodeCount, tails: adjacency.sources(), heads: targets, weights: weights)
  }
}
