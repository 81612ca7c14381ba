import Kernels
import Testing

@Suite struct MaximumFlowTests {
  private func solve(
    _ arcs: RandomArcs, from source: Int, to sink: Int, withArcFlows: Bool = true
  ) throws -> MaximumFlow {
    try MaximumFlow(
      nodeCount: arcs.nodeCount, tails: arcs.tails, heads: arcs.heads, capacities: arcs.weights,
      from: source, to: sink, withArcFlows: withArcFlows)
  }

  @Test(arguments: 0..<250)
  func `the flow is that of shortest augmenting paths`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 39)
    let sink = arcs.nodeCount - 1
    let reference = EdmondsKarp(arcs, from: 0, to: sink)
    let flow = try solve(arcs, from: 0, to: sink)
    #expect(flow.value == reference.value)
    #expect(flow.isOnSourceSide == reference.reaches(sink).map { !$0 })
    try FlowCertificate(arcs: arcs, source: 0, sink: sink, flow: flow).check()
  }

  @Test(arguments: 0..<50)
  func `value and cut do not depend on whether arc flows are asked for`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 39)
    let full = try solve(arcs, from: 1, to: 0)
    let short = try solve(arcs, from: 1, to: 0, withArcFlows: false)
    #expect(short.arcFlows == nil)
    #expect(short.value == full.value)
    #expect(short.cutArcs == full.cutArcs)
  }

  @Test(arguments: 0..<50)
  func `a graph and its list of arcs have one maximum flow`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 39)
    let graph = try arcs.graph()
    let listed = try solve(arcs, from: 0, to: 1)
    let flow = try MaximumFlow(in: graph, from: 0, to: 1, withArcFlows: true)
    #expect(flow.value == listed.value)
    #expect(flow.isOnSourceSide == listed.isOnSourceSide)
    #expect(flow.cutArcs.reduce(0) { $0 + graph.weights[$1] } == flow.value)
    let back = try MaximumFlow(in: graph.transposed(), from: 1, to: 0)
    #expect(back.value == flow.value)
  }

  @Test(arguments: [300, 3_000], [1, 2, 3])
  func `large random networks carry a flow that fills a cut`(nodes: Int, seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: nodes, density: 8, weightMax: 1_000_000)
    let flow = try solve(arcs, from: 0, to: 1)
    try FlowCertificate(arcs: arcs, source: 0, sink: 1, flow: flow).check()
  }

  /// Long thin grids make labels rise far: many relabellings, searches and gaps.
  @Test(arguments: [(3, 400), (8, 100), (20, 20)])
  func `grids carry a flow that fills a cut`(width: Int, length: Int) throws {
    let arcs = Self.grid(width: width, length: length)
    let (source, sink) = (0, width * length - 1)
    let flow = try solve(arcs, from: source, to: sink)
    #expect(flow.value > 0)
    try FlowCertificate(arcs: arcs, source: source, sink: sink, flow: flow).check()
  }

  @Test func `a channel with a narrow first part is bounded there`() throws {
    let arcs = RandomArcs(nodeCount: 3, [(0, 1, 20), (1, 2, 50)])
    let flow = try solve(arcs, from: 0, to: 2)
    #expect(flow.value == 20)
    #expect(flow.cutArcs == [0])
    #expect(flow.arcFlows == [20, 20])
    #expect(flow.isOnSourceSide == [true, false, false])
  }

  @Test func `of two minimum cuts the one next to the sink is given`() throws {
    let arcs = RandomArcs(nodeCount: 4, [(0, 1, 5), (1, 2, 9), (2, 3, 5)])
    let flow = try solve(arcs, from: 0, to: 3)
    #expect(flow.isOnSourceSide == [true, true, true, false])
    #expect(flow.cutArcs == [2])
  }

  @Test func `what cannot reach the sink carries nothing`() throws {
    let arcs = RandomArcs(nodeCount: 4, [(0, 1, 5), (1, 0, 3), (3, 2, 4), (0, 0, 8), (1, 2, 0)])
    let flow = try solve(arcs, from: 0, to: 2)
    #expect(flow.value == 0)
    #expect(flow.cutArcs == [])
    #expect(flow.arcFlows == [0, 0, 0, 0, 0])
    #expect(flow.isOnSourceSide == [true, true, false, false])
  }

  @Test func `the smallest networks and the largest capacity work`() throws {
    let none = try solve(RandomArcs(nodeCount: 2, []), from: 0, to: 1)
    #expect(none.value == 0)
    let one = try solve(RandomArcs(nodeCount: 2, [(0, 1, .max)]), from: 0, to: 1)
    #expect(one.value == .max)
    #expect(one.arcFlows == [.max])
  }

  @Test func `a chain of 100000 nodes carries its smallest capacity`() throws {
    let count: Int32 = 100_000
    let arcs = RandomArcs(
      nodeCount: Int(count), (0..<count - 1).map { ($0, $0 + 1, $0 == 777 ? 3 : 10) })
    let flow = try solve(arcs, from: 0, to: Int(count) - 1)
    #expect(flow.value == 3)
    #expect(flow.cutArcs == [777])
    #expect(flow.arcFlows?.allSatisfy { $0 == 3 } == true)
  }

  /// Rows of `width` nodes, linked both ways to their neighbours with random capacities.
  private static func grid(width: Int, length: Int) -> RandomArcs {
    var draw = RandomStream(seed: 5, name: "test.graphs.grid").sequence()
    var arcs: [(Int32, Int32, Int64)] = []
    for node in 0..<width * length {
      for step in [1, width] where step == width || node % width != width - 1 {
        guard node + step < width * length else { continue }
        let (a, b) = (Int32(node), Int32(node + step))
        arcs.append((a, b, Int64(1 + draw.index(below: 100))))
        arcs.append((b, a, Int64(1 + draw.index(below: 100))))
      }
    }
    return RandomArcs(nodeCount: width * length, arcs)
  }
}
