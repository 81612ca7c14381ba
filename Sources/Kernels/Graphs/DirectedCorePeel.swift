/// The (k,l)-cores of a directed graph row by row: k = 0, 1, ..., and within a row all l.
///
/// The (k,0)-core is kept from row to row. Within it nodes leave in the order of their out-degree,
/// the level; one whose in-degree falls below k leaves at the current level at once.
struct DirectedCorePeel: ~Copyable {
  private let base: DirectedPeel
  private var members: [Int32]
  private var minInDegree = 0

  private let buckets: DegreeBuckets
  private let inDegree: GraphBuffer<Int32>
  private let isAlive: GraphBuffer<Bool>
  private let queue: GraphBuffer<Int32>

  init(_ graph: SparseGraph) {
    let count = graph.nodeCount
    base = DirectedPeel(graph)
    members = Array(0..<Int32(count))
    buckets = DegreeBuckets(
      nodeCount: count, degreeMax: Int(base.successors.degrees().max() ?? 0))
    inDegree = GraphBuffer(repeating: 0, count: count)
    isAlive = GraphBuffer(repeating: false, count: count)
    queue = GraphBuffer(repeating: 0, count: count)
  }

  /// The sizes of the (k,l)-cores of the next k, for all l that have one; nothing after the last.
  mutating func nextRow() -> [Int]? {
    base.peel(members, minInDegree: minInDegree, minOutDegree: 0)
    members = members.filter { base.isAlive[$0] }
    guard !members.isEmpty else { return nil }
    let row = sizesByLevel()
    minInDegree += 1
    return row
  }

  private func sizesByLevel() -> [Int] {
    reviveMembers()
    var sizes: [Int] = []
    var aliveCount = members.count
    for place in members.indices {
      let node = buckets.node(at: place)
      guard isAlive[node] else { continue }
      let level = buckets.degree(of: node)
      while sizes.count <= level { sizes.append(aliveCount) }
      aliveCount -= remove(node, level: level)
    }
    return sizes
  }

  private func reviveMembers() {
    buckets.fill(members, degrees: base.outDegree)
    for node in members {
      inDegree[node] = base.inDegree[node]
      isAlive[node] = true
    }
  }

  /// Removes a node and whoever falls below the in-degree by it; returns how many left.
  @inline(__always)
  private func remove(_ first: Int32, level: Int32) -> Int {
    isAlive[first] = false
    queue[0] = first
    var queued = 1
    var next = 0
    while next < queued {
      let node = Int(queue[next])
      next &+= 1
      lowerPredecessors(of: node, downTo: level)
      for arc in base.successors.arcs(of: node) {
        let successor = base.successors.targets[arc]
        guard isAlive[successor] else { continue }
        inDegree[successor] &-= 1
        guard inDegree[successor] < minInDegree else { continue }
        isAlive[successor] = false
        queue[queued] = successor
        queued &+= 1
      }
    }
    return queued
  }

  /// Nodes at the level already leave next; their degrees need no further care.
  @inline(__always)
  private func lowerPredecessors(of node: Int, downTo level: Int32) {
    for arc in base.predecessors.arcs(of: node) {
      let predecessor = base.predecessors.targets[arc]
      guard isAlive[predecessor], buckets.degree(of: predecessor) > level else { continue }
      buckets.lower(predecessor)
    }
  }
}
