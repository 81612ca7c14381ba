/// A vector clock that holds only the nodes it has heard of, by node number.
///
///     var a = VectorClock(), b = VectorClock()
///     a.tick(1)
///     b.receive(a, at: 2)
///     a.order(against: b)           // .before
///
/// Two clocks compare exactly as their events do by happened-before. A step costs O(k) for k nodes
/// heard of, and so does a comparison; 12 bytes a node.
///
/// Sources: Mattern, "Virtual time and global states of distributed systems" (1989); Fidge,
/// "Timestamps in message-passing systems that preserve the partial ordering" (1988).
public struct VectorClock: Sendable, Hashable {
  /// Nodes heard of, rising.
  public private(set) var nodes: [UInt32] = []
  /// Events of each that are known of, at least 1.
  public private(set) var counts: [UInt64] = []

  /// A clock that has heard of nothing.
  public init() {}

  /// Events of a node that are known of.
  public subscript(node: UInt32) -> UInt64 {
    let place = place(of: node)
    return place < nodes.count && nodes[place] == node ? counts[place] : 0
  }

  /// An event of a node's own, sending included.
  public mutating func tick(_ node: UInt32) {
    let place = place(of: node)
    if place < nodes.count, nodes[place] == node {
      counts[place] += 1
    } else {
      nodes.insert(node, at: place)
      counts.insert(1, at: place)
    }
  }

  /// The event of a node's receiving a message that bears a clock.
  public mutating func receive(_ stamp: VectorClock, at node: UInt32) {
    merge(stamp)
    tick(node)
  }

  /// How the event of this clock stands to that of another.
  public func order(against other: VectorClock) -> CausalOrder {
    switch (isCovered(by: other), other.isCovered(by: self)) {
    case (true, true): .same
    case (true, false): .before
    case (false, true): .after
    case (false, false): .concurrent
    }
  }

  /// Takes the larger number of each node: a merge of two sorted lists.
  mutating func merge(_ other: VectorClock) {
    if other.isCovered(by: self) { return }
    var merged = VectorClock()
    var (i, j) = (0, 0)
    while i < nodes.count || j < other.nodes.count {
      let isMine = j == other.nodes.count || (i < nodes.count && nodes[i] <= other.nodes[j])
      let isOther = i == nodes.count || (j < other.nodes.count && other.nodes[j] <= nodes[i])
      let count = max(isMine ? counts[i] : 0, isOther ? other.counts[j] : 0)
      merged.nodes.append(isMine ? nodes[i] : other.nodes[j])
      merged.counts.append(count)
      if isMine { i += 1 }
      if isOther { j += 1 }
    }
    self = merged
  }

  /// Whether another clock knows of all that this one knows of.
  private func isCovered(by other: VectorClock) -> Bool {
    var j = 0
    for (i, node) in nodes.enumerated() {
      while j < other.nodes.count, other.nodes[j] < node { j += 1 }
      guard j < other.nodes.count, other.nodes[j] == node, other.counts[j] >= counts[i] else {
        return false
      }
    }
    return true
  }

  /// Where a node stands or would stand, by bisection.
  private func place(of node: UInt32) -> Int {
    var (low, high) = (0, nodes.count)
    while low < high {
      let middle = (low + high) / 2
      if nodes[middle] < node { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
