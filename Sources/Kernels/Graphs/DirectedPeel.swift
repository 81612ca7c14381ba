/// A directed graph from which nodes with too few partners are removed for good.
struct DirectedPeel: ~Copyable {
  let successors: Adjacency
  let predecessors: Adjacency

  /// Degrees inside what is left, of the nodes that are left.
  let inDegree: GraphBuffer<Int32>
  let outDegree: GraphBuffer<Int32>
  let isAlive: GraphBuffer<Bool>

  private let queue: GraphBuffer<Int32>

  init(_ graph: SparseGraph) {
    successors = graph.adjacency
    predecessors = successors.transposed()
    inDegree = GraphBuffer(predecessors.degrees())
    outDegree = GraphBuffer(successors.degrees())
    isAlive = GraphBuffer(repeating: true, count: graph.nodeCount)
    queue = GraphBuffer(repeating: 0, count: graph.nodeCount)
  }

  /// Removes nodes until all others have the degrees asked for; each arc is met once.
  func peel(_ candidates: [Int32], minInDegree: Int, minOutDegree: Int) {
    var queued = 0
    for node in candidates
    where inDegree[node] < minInDegree || outDegree[node] < minOutDegree {
      remove(node, &queued)
    }
    var next = 0
    while next < queued {
      let node = Int(queue[next])
      next += 1
      lower(inDegree, of: successors, after: node, below: minInDegree, &queued)
      lower(outDegree, of: predecessors, after: node, below: minOutDegree, &queued)
    }
  }

  @inline(__always)
  private func lower(
    _ degree: borrowing GraphBuffer<Int32>, of lists: Adjacency, after node: Int, below bound: Int,
    _ queued: inout Int
  ) {
    for arc in lists.arcs(of: node) {
      let partner = lists.targets[arc]
      guard isAlive[partner] else { continue }
      degree[partner] &-= 1
      if degree[partner] < bound { remove(partner, &queued) }
    }
  }

  private func remove(_ node: Int32, _ queued: inout Int) {
    isAlive[node] = false
    queue[queued] = node
    queued &+= 1
  }
}
