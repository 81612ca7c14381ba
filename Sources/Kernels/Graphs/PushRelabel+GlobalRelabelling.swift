extension PushRelabel {
  /// Sets every label to the exact distance to the sink, by breadth-first search against the flow.
  ///
  /// The source is left out, for nothing is to be pushed to it. `currentArc` serves as the queue,
  /// since every vertex starts over at its first arc anyway. O(n + m).
  mutating func relabelGlobally() {
    workSinceRelabelling = 0
    buckets.removeAll()
    for vertex in 0..<network.nodeCount { label[vertex] = unreachable }
    label[sink] = 0
    currentArc[0] = sink
    var searched = 0
    var reached = 1
    while searched < reached {
      reach(from: currentArc[searched], reached: &reached)
      searched &+= 1
    }
    network.copyFirstArcs(to: currentArc)
  }

  @inline(__always)
  private mutating func reach(from vertex: Int32, reached: inout Int) {
    let distance = label[vertex] &+ 1
    for position in network.arcs(of: vertex) {
      let arc = network.arc(position)
      guard arc.isUsableBackwards, label[arc.head] == unreachable, arc.head != source else {
        continue
      }
      label[arc.head] = distance
      currentArc[reached] = arc.head
      reached &+= 1
      buckets.add(arc.head, label: distance, isActive: excess[arc.head] > 0)
    }
  }

  /// Whether each vertex is cut off from the sink, once no vertex is active.
  mutating func sourceSide() -> [Bool] {
    relabelGlobally()
    return (0..<network.nodeCount).map { label[$0] == unreachable }
  }
}
