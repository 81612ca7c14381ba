import Kernels
import Testing

@Suite struct StronglyConnectedComponentsTests {
  @Test(arguments: 0..<200)
  func `components are the classes of mutual reachability`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 30, density: 1 + seed % 3)
    let components = StronglyConnectedComponents(of: try arcs.graph())
    let labels = labelsByReachability(arcs)
    #expect(components.labels == labels)
    #expect(components.count == Int(labels.max() ?? -1) + 1)
    let sizes = (0..<components.count).map { label in labels.count { $0 == Int32(label) } }
    #expect(components.sizes == sizes)
    #expect(components.largestSize == sizes.max())
  }

  @Test(arguments: 0..<30)
  func `reversing every arc changes no component`(seed: Int) throws {
    let graph = try RandomArcs(seed: seed, nodesMax: 400, density: 2).graph()
    let components = StronglyConnectedComponents(of: graph)
    #expect(components == StronglyConnectedComponents(of: graph.transposed()))
  }

  @Test func `labels are numbered by first appearance`() throws {
    let arcs = RandomArcs(nodeCount: 5, [(4, 1, 1), (1, 4, 1), (0, 1, 1), (2, 2, 1), (1, 3, 1)])
    let components = StronglyConnectedComponents(of: try arcs.graph())
    #expect(components.labels == [0, 1, 2, 3, 1])
    #expect(components.sizes == [1, 2, 1, 1])
  }

  @Test func `a chain of a million nodes has a million components`() throws {
    let components = StronglyConnectedComponents(of: try Self.chain(closed: false))
    #expect(components.count == 1_000_000)
    #expect(components.labels == Array(0..<1_000_000))
    #expect(components.largestSize == 1)
  }

  @Test func `a ring of a million nodes is one component`() throws {
    let components = StronglyConnectedComponents(of: try Self.chain(closed: true))
    #expect(components.sizes == [1_000_000])
  }

  @Test func `the empty graph has no component`() throws {
    let components = StronglyConnectedComponents(of: try RandomArcs(nodeCount: 0, []).graph())
    #expect(components.count == 0)
    #expect(components.largestSize == 0)
  }

  private static func chain(closed: Bool) throws -> SparseGraph {
    let tails = Array(0..<(closed ? 1_000_000 : 999_999) as Range<Int32>)
    return try SparseGraph(
      nodeCount: 1_000_000, tails: tails, heads: tails.map { ($0 + 1) % 1_000_000 },
      weights: tails.map { _ in 1 })
  }

  private func labelsByReachability(_ arcs: RandomArcs) -> [Int32] {
    var reaches = arcs.isLinked
    for middle in reaches.indices {
      for tail in reaches.indices where reaches[tail][middle] {
        for head in reaches.indices where reaches[middle][head] { reaches[tail][head] = true }
      }
    }
    var labels: [Int32] = []
    for node in reaches.indices {
      let earlier = (0..<node).first { reaches[$0][node] && reaches[node][$0] }
      labels.append(earlier.map { labels[$0] } ?? (labels.max() ?? -1) + 1)
    }
    return labels
  }
}
