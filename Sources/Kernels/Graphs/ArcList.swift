/// Arcs as three parallel arrays, checked once so that the kernels behind need no checks.
struct ArcList: Sendable {
  /// Arcs and their reverses are numbered by `Int32`.
  static let countMax = 1 << 30 - 1

  let nodeCount: Int
  let tails: [Int32]
  let heads: [Int32]
  let weights: [Int64]

  /// Takes arcs that are known to be fine.
  init(trusted nodeCount: Int, tails: [Int32], heads: [Int32], weights: [Int64]) {
    self.nodeCount = nodeCount
    self.tails = tails
    self.heads = heads
    self.weights = weights
  }

  /// Checks lengths, node ids, signs and the sum of the weights in O(m).
  init(
    checking nodeCount: Int, tails: [Int32], heads: [Int32], weights: [Int64]
  ) throws(GraphError) {
    self.init(trusted: nodeCount, tails: tails, heads: heads, weights: weights)
    try checkSizes()
    try checkNodes(tails)
    try checkNodes(heads)
    try checkWeights()
  }

  var count: Int { tails.count }

  private func checkSizes() throws(GraphError) {
    guard tails.count == heads.count, tails.count == weights.count else {
      throw .unequalLengths(tails: tails.count, heads: heads.count, weights: weights.count)
    }
    guard (0..<Int(Int32.max)).contains(nodeCount) else { throw .nodeCountOutOfRange(nodeCount) }
    guard count <= Self.countMax else { throw .arcCountOutOfRange(count) }
  }

  private func checkNodes(_ nodes: [Int32]) throws(GraphError) {
    let bound = UInt32(nodeCount)
    for arc in nodes.indices where UInt32(bitPattern: nodes[arc]) >= bound {
      throw .nodeOutOfRange(arc: arc, node: Int(nodes[arc]), nodeCount: nodeCount)
    }
  }

  private func checkWeights() throws(GraphError) {
    var sum: Int64 = 0
    for arc in weights.indices {
      guard weights[arc] >= 0 else { throw .negativeWeight(arc: arc, weight: weights[arc]) }
      let (next, overflow) = sum.addingReportingOverflow(weights[arc])
      guard !overflow else { throw .weightSumTooLarge(arc: arc) }
      sum = next
    }
  }
}
