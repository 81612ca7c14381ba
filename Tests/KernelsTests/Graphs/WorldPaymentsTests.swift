import Foundation
import Kernels
import TestSupport
import Testing

/// Payments between 1251 country-industries of 2011 (World Input-Output Database), in million USD.
@Suite(.enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
struct WorldPaymentsTests {
  private let names: [String]
  private let arcs: RandomArcs
  private let graph: SparseGraph

  init() throws {
    let text = try String(
      contentsOfFile: SharedData.path("data/wiod2011_payments_ge100musd.csv"), encoding: .utf8)
    var ids: [Substring: Int32] = [:]
    var rows: [(Int32, Int32, Int64)] = []
    for line in text.split(whereSeparator: \.isNewline).dropFirst() {
      let fields = line.split(separator: ",")
      for name in fields.prefix(2) where ids[name] == nil { ids[name] = Int32(ids.count) }
      rows.append(
        (
          try #require(ids[fields[0]]), try #require(ids[fields[1]]),
          try #require(Int64(fields[2]))
        ))
    }
    names = ids.sorted { $0.value < $1.value }.map { String($0.key) }
    arcs = RandomArcs(nodeCount: ids.count, rows)
    graph = try arcs.graph()
  }

  @Test func `the network has its published size and strengths`() throws {
    #expect(graph.nodeCount == 1_251)
    #expect(graph.arcCount == 34_108)
    #expect(graph.weights.reduce(0, +) == 54_605_612)
    let strengths = graph.strengths()
    #expect(strengths.out.max() == 1_607_286)
    #expect(strengths.in.max() == 2_284_304)
    #expect(strengths.out[try id("CHN.c18")] == 1_607_286)
    #expect(strengths.in[try id("RoW.c2")] == 2_284_304)
  }

  @Test func `the greatest payer reaches the greatest payee with 1284013`() throws {
    let (source, sink) = (try id("CHN.c18"), try id("RoW.c2"))
    let flow = try MaximumFlow(
      nodeCount: arcs.nodeCount, tails: arcs.tails, heads: arcs.heads, capacities: arcs.weights,
      from: source, to: sink, withArcFlows: true)
    #expect(flow.value == 1_284_013)
    #expect(flow.isOnSourceSide.count { $0 } == 124)
    #expect(flow.cutArcs.count == 1_516)
    try FlowCertificate(arcs: arcs, source: source, sink: sink, flow: flow).check()
    #expect(sourceSideSize(of: try #require(flow.arcFlows), from: source) == 65)
  }

  @Test func `the ten greatest net payers reach the ten greatest net payees`() throws {
    let strengths = graph.strengths()
    let net = zip(strengths.out, strengths.in).map { $0 - $1 }
    let ranked = net.indices.sorted { net[$0] > net[$1] }
    let (source, sink) = (Int32(graph.nodeCount), Int32(graph.nodeCount + 1))
    let (payers, payees) = (ranked.prefix(10), ranked.suffix(10))
    let flow = try MaximumFlow(
      nodeCount: graph.nodeCount + 2,
      tails: arcs.tails + payers.map { _ in source } + payees.map { Int32($0) },
      heads: arcs.heads + payers.map { Int32($0) } + payees.map { _ in sink },
      capacities: arcs.weights + payers.map { net[$0] } + payees.map { -net[$0] },
      from: Int(source), to: Int(sink))
    #expect(flow.value == 5_856_296)
  }

  @Test func `money circulates in one large component`() {
    let components = StronglyConnectedComponents(of: graph)
    #expect(components.count == 137)
    #expect(components.sizes.sorted(by: >).prefix(5) == [1_110, 4, 3, 1, 1])
  }

  @Test func `the degeneracy is 45`() {
    let cores = CoreDecomposition(of: graph)
    #expect(cores.edgeCount == 25_963)
    #expect(cores.degeneracy == 45)
    #expect(cores.topCoreSize == 90)
    #expect(cores.coreNumbers.reduce(0, +) == 27_929)
    #expect(cores.coreNumbers.count { $0 == 1 } == 67)
    #expect(cores.coreNumbers.count { $0 == 22 } == 52)
  }

  @Test func `the directed cores reach (24,24)`() {
    #expect(DirectedCore(of: graph, minInDegree: 24, minOutDegree: 24).size == 88)
    #expect(DirectedCore(of: graph, minInDegree: 25, minOutDegree: 25).size == 0)
    let frontier = DirectedCoreFrontier(of: graph)
    #expect(
      (0...24).map { frontier.size(minInDegree: $0, minOutDegree: $0) } == [
        1251, 1117, 1025, 970, 918, 866, 825, 762, 729, 686, 656, 625, 560, 546, 521, 467, 434,
        388, 328, 257, 231, 187, 158, 109, 88,
      ])
    #expect(frontier.maxDiagonal == 24)
    #expect(frontier.sizes.count - 1 == 26)
    #expect(frontier.maxOutDegrees[0] == 27)
    #expect(frontier.size(minInDegree: 3, minOutDegree: 10) == 757)
    #expect(frontier.size(minInDegree: 10, minOutDegree: 3) == 701)
  }

  @Test func `payments are spread as unequally as in the reference`() throws {
    let strengths = graph.strengths()
    #expect(try Inequality(of: strengths.out).gini == 0.7751438689583405)
    #expect(try Inequality(of: strengths.in).gini == 0.797343029107289)
    let payments = try Inequality(of: graph.weights)
    #expect(payments.gini == 0.7868096868152672)
    #expect(payments.topShare(of: 0.1) == 0.7208368619694254)
    #expect(payments.bottomShare(of: 0.4) == 0.03800655141453226)
  }

  private func id(_ name: String) throws -> Int { try #require(names.firstIndex(of: name)) }

  /// The size of the smallest source side: what the source still reaches beside a maximum flow.
  private func sourceSideSize(of flows: [Int64], from source: Int) -> Int {
    var isReached = [Bool](repeating: false, count: arcs.nodeCount)
    isReached[source] = true
    var before = 0
    while before != isReached.count(where: { $0 }) {
      before = isReached.count { $0 }
      for arc in arcs.arcs {
        let (tail, head) = (Int(arcs.tails[arc]), Int(arcs.heads[arc]))
        if isReached[tail], flows[arc] < arcs.weights[arc] { isReached[head] = true }
        if isReached[head], flows[arc] > 0 { isReached[tail] = true }
      }
    }
    return before
  }
}
