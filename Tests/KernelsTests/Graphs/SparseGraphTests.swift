import Kernels
import Testing

@Suite struct SparseGraphTests {
  /// 0 -> 1 twice, 0 -> 2, 2 -> 0, a loop at 2, and node 3 alone.
  static let small = RandomArcs(
    nodeCount: 4, [(2, 0, 7), (0, 1, 5), (0, 2, 9), (0, 1, 1), (2, 2, 3)])

  @Test func `arcs are grouped by tail in the order of the input`() throws {
    let graph = try Self.small.graph()
    #expect(graph.offsets == [0, 3, 3, 5, 5])
    #expect(graph.targets == [1, 2, 1, 0, 2])
    #expect(graph.weights == [5, 9, 1, 7, 3])
    #expect(graph.arcCount == 5)
  }

  @Test func `successors come with the weights of their arcs`() throws {
    let graph = try Self.small.graph()
    let arcs = graph.withSuccessors(of: 2) { heads, weights in
      heads.indices.map { [Int64(heads[$0]), weights[$0]] }
    }
    #expect(arcs == [[0, 7], [2, 3]])
    #expect(graph.withSuccessors(of: 3) { heads, _ in heads.count } == 0)
  }

  @Test func `degrees count parallel arcs and loops`() throws {
    let graph = try Self.small.graph()
    #expect(graph.outDegrees() == [3, 0, 2, 0])
    #expect(graph.inDegrees() == [1, 2, 2, 0])
    #expect((0..<4).map { graph.outDegree(of: $0) } == [3, 0, 2, 0])
  }

  @Test func `strengths are sums of weights`() throws {
    let strengths = try Self.small.graph().strengths()
    #expect(strengths.out == [15, 0, 10, 0])
    #expect(strengths.in == [7, 6, 12, 0])
  }

  @Test func `the transpose reverses every arc and orders heads`() throws {
    let transposed = try Self.small.graph().transposed()
    #expect(transposed.offsets == [0, 1, 3, 5, 5])
    #expect(transposed.targets == [2, 0, 0, 0, 2])
    #expect(transposed.weights == [7, 5, 1, 9, 3])
  }

  @Test func `a simplified graph has no loops and no parallel arcs`() throws {
    let simple = try Self.small.graph().simplified()
    #expect(simple.offsets == [0, 2, 2, 3, 3])
    #expect(simple.targets == [1, 2, 0])
    #expect(simple.weights == [6, 9, 7])
  }

  @Test(arguments: 0..<40)
  func `transposing swaps strengths and degrees, and twice is a sort`(seed: Int) throws {
    let graph = try RandomArcs(seed: seed, nodesMax: 60).graph()
    let transposed = graph.transposed()
    #expect(transposed.strengths().out == graph.strengths().in)
    #expect(transposed.strengths().in == graph.strengths().out)
    #expect(transposed.outDegrees() == graph.inDegrees())
    let sorted = transposed.transposed()
    for node in 0..<graph.nodeCount {
      let isSorted = sorted.withSuccessors(of: node) { heads, _ in
        heads.indices.dropFirst().allSatisfy { heads[$0 - 1] <= heads[$0] }
      }
      #expect(isSorted)
    }
    #expect(sorted.offsets == graph.offsets)
    #expect(sorted.transposed() == transposed)
  }

  @Test(arguments: 0..<40)
  func `simplifying keeps every weight but those of loops`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 20)
    let simple = try arcs.graph().simplified()
    let kept = arcs.arcs.filter { arcs.tails[$0] != arcs.heads[$0] }
    #expect(simple.weights.reduce(0, +) == kept.reduce(0) { $0 + arcs.weights[$1] })
    let pairs = kept.map { Int(arcs.tails[$0]) * arcs.nodeCount + Int(arcs.heads[$0]) }
    #expect(simple.arcCount == Set(pairs).count)
    #expect(simple.simplified() == simple)
  }

  @Test func `the empty graph and a graph without arcs are graphs`() throws {
    let empty = try RandomArcs(nodeCount: 0, []).graph()
    #expect(empty.offsets == [0])
    #expect(empty.transposed() == empty)
    #expect(empty.strengths().out == [])
    let bare = try RandomArcs(nodeCount: 3, []).graph()
    #expect(bare.simplified() == bare)
    #expect(bare.inDegrees() == [0, 0, 0])
  }
}
