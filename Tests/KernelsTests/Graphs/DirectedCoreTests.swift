import Kernels
import Testing

@Suite struct DirectedCoreTests {
  @Test(arguments: 0..<80)
  func `every core and the frontier are those of repeated deletion`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 16, density: 1 + seed % 5)
    let graph = try arcs.graph()
    let frontier = DirectedCoreFrontier(of: graph)
    for k in 0...frontier.sizes.count {
      for l in 0...(frontier.maxOutDegrees.max() ?? 0) + 1 {
        let members = membersByDeletion(arcs, k: k, l: l)
        let core = DirectedCore(of: graph, minInDegree: k, minOutDegree: l)
        #expect(core.isMember == members)
        #expect(core.size == members.count { $0 })
        #expect(frontier.size(minInDegree: k, minOutDegree: l) == core.size)
      }
    }
  }

  @Test(arguments: [200, 2_000], [1, 2])
  func `cores shrink along both bounds and mirror under transposition`(
    nodes: Int, seed: Int
  ) throws {
    let graph = try RandomArcs(seed: seed, nodesMax: nodes, density: 12).graph()
    let frontier = DirectedCoreFrontier(of: graph)
    let mirrored = DirectedCoreFrontier(of: graph.transposed())
    for (k, row) in frontier.sizes.enumerated() {
      for (l, size) in row.enumerated() {
        #expect(size > 0)
        #expect(size <= frontier.size(minInDegree: k - 1, minOutDegree: l))
        #expect(size <= frontier.size(minInDegree: k, minOutDegree: l - 1))
        #expect(size == mirrored.size(minInDegree: l, minOutDegree: k))
      }
    }
    #expect(frontier.cellCount == mirrored.cellCount)
    #expect(frontier.maxDiagonal == mirrored.maxDiagonal)
  }

  @Test func `a ring is a (1,1)-core and loses nothing but its tail`() throws {
    let graph = try RandomArcs(nodeCount: 4, [(0, 1, 1), (1, 2, 1), (2, 0, 1), (2, 3, 1)]).graph()
    let core = DirectedCore(of: graph, minInDegree: 1, minOutDegree: 1)
    #expect(core.isMember == [true, true, true, false])
    let frontier = DirectedCoreFrontier(of: graph)
    #expect(frontier.sizes == [[4, 3], [4, 3]])
    #expect(frontier.maxOutDegrees == [1, 1])
    #expect(frontier.maxDiagonal == 1)
    #expect(frontier.cellCount == 4)
  }

  @Test func `arcs are counted unless the graph is simplified`() throws {
    let graph = try RandomArcs(nodeCount: 2, [(0, 1, 1), (0, 1, 1), (1, 0, 1), (1, 0, 1)]).graph()
    #expect(DirectedCore(of: graph, minInDegree: 2, minOutDegree: 2).size == 2)
    #expect(DirectedCore(of: graph.simplified(), minInDegree: 2, minOutDegree: 2).size == 0)
  }

  @Test func `the empty graph has no core`() throws {
    let graph = try RandomArcs(nodeCount: 0, []).graph()
    let frontier = DirectedCoreFrontier(of: graph)
    #expect(frontier.sizes == [])
    #expect(frontier.maxDiagonal == -1)
    #expect(frontier.size(minInDegree: 0, minOutDegree: 0) == 0)
    #expect(DirectedCore(of: graph, minInDegree: 0, minOutDegree: 0).size == 0)
  }

  private func membersByDeletion(_ arcs: RandomArcs, k: Int, l: Int) -> [Bool] {
    var isMember = [Bool](repeating: true, count: arcs.nodeCount)
    var before: [Bool] = []
    while before != isMember {
      before = isMember
      let inside = arcs.arcs.filter {
        before[Int(arcs.tails[$0])] && before[Int(arcs.heads[$0])]
      }
      for node in isMember.indices {
        let inDegree = inside.count { Int(arcs.heads[$0]) == node }
        let outDegree = inside.count { Int(arcs.tails[$0]) == node }
        isMember[node] = before[node] && inDegree >= k && outDegree >= l
      }
    }
    return isMember
  }
}
