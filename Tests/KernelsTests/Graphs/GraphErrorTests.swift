import Kernels
import Testing

@Suite struct GraphErrorTests {
  private func build(
    _ nodeCount: Int, _ tails: [Int32], _ heads: [Int32], _ weights: [Int64]
  ) throws(GraphError) {
    _ = try SparseGraph(nodeCount: nodeCount, tails: tails, heads: heads, weights: weights)
  }

  @Test func `the three arrays must be of one length`() {
    #expect(throws: GraphError.unequalLengths(tails: 1, heads: 2, weights: 1)) {
      try build(2, [0], [1, 1], [1])
    }
    #expect(throws: GraphError.unequalLengths(tails: 1, heads: 1, weights: 0)) {
      try build(2, [0], [1], [])
    }
  }

  @Test func `an error names the arc whose node does not exist`() {
    #expect(throws: GraphError.nodeOutOfRange(arc: 1, node: 2, nodeCount: 2)) {
      try build(2, [0, 1], [1, 2], [1, 1])
    }
    #expect(throws: GraphError.nodeOutOfRange(arc: 0, node: -1, nodeCount: 2)) {
      try build(2, [-1], [1], [1])
    }
    #expect(throws: GraphError.nodeOutOfRange(arc: 0, node: 0, nodeCount: 0)) {
      try build(0, [0], [0], [1])
    }
  }

  @Test func `an error names the arc with a negative weight`() {
    #expect(throws: GraphError.negativeWeight(arc: 1, weight: -4)) {
      try build(2, [0, 0], [1, 1], [3, -4])
    }
  }

  @Test func `weights sum to less than 2 to the 63rd`() throws {
    try build(2, [0, 1], [1, 0], [.max - 1, 1])
    #expect(throws: GraphError.weightSumTooLarge(arc: 1)) {
      try build(2, [0, 1], [1, 0], [.max, 1])
    }
  }

  @Test func `node counts fit 32 bits`() {
    #expect(throws: GraphError.nodeCountOutOfRange(-1)) { try build(-1, [], [], []) }
    #expect(throws: GraphError.nodeCountOutOfRange(1 << 31)) { try build(1 << 31, [], [], []) }
  }

  @Test func `a flow needs two terminals that exist`() throws {
    let graph = try SparseGraph(nodeCount: 2, tails: [0], heads: [1], weights: [1])
    #expect(throws: GraphError.terminalOutOfRange(node: 2, nodeCount: 2)) {
      try MaximumFlow(in: graph, from: 0, to: 2)
    }
    #expect(throws: GraphError.terminalOutOfRange(node: -1, nodeCount: 2)) {
      try MaximumFlow(in: graph, from: -1, to: 1)
    }
    #expect(throws: GraphError.sourceIsSink(node: 1)) {
      try MaximumFlow(in: graph, from: 1, to: 1)
    }
  }

  @Test func `a flow refuses what a graph refuses`() {
    #expect(throws: GraphError.negativeWeight(arc: 0, weight: -1)) {
      try MaximumFlow(nodeCount: 2, tails: [0], heads: [1], capacities: [-1], from: 0, to: 1)
    }
  }

  @Test func `errors describe themselves`() {
    let error = GraphError.nodeOutOfRange(arc: 1, node: 7, nodeCount: 2)
    #expect("\(error)" == "arc 1 touches node 7, but there are 2 nodes")
  }
}
