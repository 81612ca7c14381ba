import Kernels

/// A small random multigraph: loops, parallel and antiparallel arcs, and weights of 0 included.
struct RandomArcs {
  let nodeCount: Int
  var tails: [Int32] = []
  var heads: [Int32] = []
  var weights: [Int64] = []

  /// Up to `nodesMax` nodes and `density` arcs a node; equal seeds give equal arcs.
  init(seed: Int, nodesMax: Int, density: Int = 5, weightMax: Int64 = 1_000_000_000_000) {
    var draw = RandomStream(seed: UInt64(seed), name: "test.graphs").sequence()
    nodeCount = 2 + draw.index(below: nodesMax - 1)
    let scale = [2, 50, 1_000_000, weightMax][draw.index(below: 4)]
    for _ in 0..<draw.index(below: density * nodeCount + 1) {
      let tail = Int32(draw.index(below: nodeCount))
      let head = Int32(draw.index(below: nodeCount))
      add(tail, head, Int64.random(in: 0...scale, using: &draw))
      switch draw.index(below: 8) {
      case 0: add(tail, head, Int64.random(in: 0...scale, using: &draw))
      case 1: add(head, tail, Int64.random(in: 0...scale, using: &draw))
      case 2: add(tail, head, 0)
      default: break
      }
    }
  }

  init(nodeCount: Int, _ arcs: [(Int32, Int32, Int64)]) {
    self.nodeCount = nodeCount
    for (tail, head, weight) in arcs { add(tail, head, weight) }
  }

  private mutating func add(_ tail: Int32, _ head: Int32, _ weight: Int64) {
    tails.append(tail)
    heads.append(head)
    weights.append(weight)
  }

  var arcs: Range<Int> { tails.indices }

  func graph() throws -> SparseGraph {
    try SparseGraph(nodeCount: nodeCount, tails: tails, heads: heads, weights: weights)
  }

  /// Whether an arc leads from one node to another, as a matrix.
  var isLinked: [[Bool]] {
    var linked = [[Bool]](repeating: [Bool](repeating: false, count: nodeCount), count: nodeCount)
    for arc in arcs { linked[Int(tails[arc])][Int(heads[arc])] = true }
    return linked
  }
}
