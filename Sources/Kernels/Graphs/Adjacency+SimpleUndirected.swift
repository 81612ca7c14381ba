extension Adjacency {
  /// The simple undirected graph beneath a directed one.
  ///
  /// Each node's list is ascending and holds whoever it has an arc to or from, once: reciprocal
  /// and parallel arcs are merged, loops dropped. An edge shows up in two lists. Transposing twice
  /// sorts both sides without a comparison, and a merge joins them: O(n + m).
  static func simpleUndirected(_ directed: Adjacency) -> Adjacency {
    let predecessors = directed.transposed()
    let successors = predecessors.transposed()
    var offsets: [Int32] = [0]
    var targets: [Int32] = []
    offsets.reserveCapacity(directed.offsets.count)
    targets.reserveCapacity(2 * directed.targets.count)
    for node in 0..<directed.nodeCount {
      appendUnion(
        of: successors.targets[successors.arcs(of: node)],
        and: predecessors.targets[predecessors.arcs(of: node)],
        without: Int32(node), to: &targets)
      offsets.append(Int32(targets.count))
    }
    return Adjacency(offsets: offsets, targets: targets)
  }

  /// Merges two ascending lists, skipping `excluded` and whatever was met before.
  private static func appendUnion(
    of left: ArraySlice<Int32>, and right: ArraySlice<Int32>, without excluded: Int32,
    to union: inout [Int32]
  ) {
    var (i, j) = (left.startIndex, right.startIndex)
    var last: Int32 = -1
    while i < left.endIndex || j < right.endIndex {
      let takesLeft = j == right.endIndex || (i < left.endIndex && left[i] <= right[j])
      let node = takesLeft ? left[i] : right[j]
      if takesLeft { i += 1 } else { j += 1 }
      guard node != last, node != excluded else { continue }
      union.append(node)
      last = node
    }
  }
}
