import Kernels
import Testing

@Suite struct CoreDecompositionTests {
  @Test(arguments: 0..<150)
  func `core numbers are those of repeated deletion`(seed: Int) throws {
    let arcs = RandomArcs(seed: seed, nodesMax: 30, density: 1 + seed % 6)
    let cores = CoreDecomposition(of: try arcs.graph())
    let expected = coreNumbersByDeletion(arcs)
    #expect(cores.coreNumbers == expected)
    #expect(cores.degeneracy == Int(expected.max() ?? 0))
    #expect(cores.topCoreSize == expected.count { $0 == expected.max() })
  }

  @Test(arguments: 0..<20)
  func `direction, parallel arcs and loops do not matter`(seed: Int) throws {
    let graph = try RandomArcs(seed: seed, nodesMax: 500).graph()
    let cores = CoreDecomposition(of: graph)
    #expect(cores == CoreDecomposition(of: graph.transposed()))
    #expect(cores == CoreDecomposition(of: graph.simplified()))
  }

  @Test func `a reciprocal pair is one edge`() throws {
    let cores = CoreDecomposition(
      of: try RandomArcs(nodeCount: 2, [(0, 1, 1), (1, 0, 1), (0, 1, 1), (1, 1, 1)]).graph())
    #expect(cores.coreNumbers == [1, 1])
    #expect(cores.edgeCount == 1)
  }

  @Test(arguments: [2, 3, 10, 40] as [Int32])
  func `a clique with a tail has its clique as top core`(size: Int32) throws {
    var arcs: [(Int32, Int32, Int64)] = [(0, size, 1), (size, size + 1, 1)]
    for tail in 0..<size { for head in 0..<tail { arcs.append((tail, head, 1)) } }
    let cores = CoreDecomposition(of: try RandomArcs(nodeCount: Int(size) + 2, arcs).graph())
    #expect(cores.degeneracy == Int(size) - 1)
    #expect(cores.topCoreSize == (size == 2 ? 4 : Int(size)))
    #expect(cores.coreNumbers.suffix(2) == [1, 1])
  }

  @Test func `graphs without edges have one core, of number 0`() throws {
    let bare = CoreDecomposition(of: try RandomArcs(nodeCount: 3, [(1, 1, 1)]).graph())
    #expect(bare.degeneracy == 0)
    #expect(bare.topCoreSize == 3)
    let empty = CoreDecomposition(of: try RandomArcs(nodeCount: 0, []).graph())
    #expect(empty.coreNumbers == [])
    #expect(empty.topCoreSize == 0)
  }

  private func coreNumbersByDeletion(_ arcs: RandomArcs) -> [Int32] {
    let linked = arcs.isLinked
    let nodes = Array(0..<arcs.nodeCount)
    var cores = [Int32](repeating: 0, count: arcs.nodeCount)
    var left = nodes
    for core in 1...arcs.nodeCount {
      var before = -1
      while before != left.count {
        before = left.count
        left = left.filter { node in
          left.count { $0 != node && (linked[$0][node] || linked[node][$0]) } >= core
        }
      }
      for node in left { cores[node] = Int32(core) }
    }
    return cores
  }
}
