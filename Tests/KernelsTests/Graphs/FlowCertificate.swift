import Kernels
import Testing

/// What makes a flow maximal without a second solver: it is feasible and fills a cut.
struct FlowCertificate {
  let arcs: RandomArcs
  let source: Int
  let sink: Int
  let flow: MaximumFlow

  func check() throws {
    let flows = try #require(flow.arcFlows)
    try #require(flows.count == arcs.arcs.count)
    #expect(arcs.arcs.allSatisfy { (0...arcs.weights[$0]).contains(flows[$0]) })
    #expect(netOutflow(of: flows) == expectedOutflow)
    #expect(flow.isOnSourceSide[source])
    #expect(!flow.isOnSourceSide[sink])
    #expect(flow.cutArcs == arcs.arcs.filter { crosses($0) && arcs.weights[$0] > 0 })
    #expect(flow.cutArcs.reduce(0) { $0 + arcs.weights[$1] } == flow.value)
    #expect(flow.cutArcs.allSatisfy { flows[$0] == arcs.weights[$0] })
    #expect(loopFlow(of: flows) == 0)
  }

  /// Outflow less inflow: the value at the source, its opposite at the sink, 0 elsewhere.
  private var expectedOutflow: [Int64] {
    var net = [Int64](repeating: 0, count: arcs.nodeCount)
    net[source] = flow.value
    net[sink] = -flow.value
    return net
  }

  private func netOutflow(of flows: [Int64]) -> [Int64] {
    var net = [Int64](repeating: 0, count: arcs.nodeCount)
    for arc in arcs.arcs {
      net[Int(arcs.tails[arc])] += flows[arc]
      net[Int(arcs.heads[arc])] -= flows[arc]
    }
    return net
  }

  private func crosses(_ arc: Int) -> Bool {
    flow.isOnSourceSide[Int(arcs.tails[arc])] && !flow.isOnSourceSide[Int(arcs.heads[arc])]
  }

  private func loopFlow(of flows: [Int64]) -> Int64 {
    arcs.arcs.filter { arcs.tails[$0] == arcs.heads[$0] }.reduce(0) { $0 + flows[$1] }
  }
}
