/// The residual arcs of a flow: every input arc and its reverse, grouped by tail.
///
/// One record of 24 bytes holds all that a push reads, in one buffer. `total`, the residuals of an
/// arc and its reverse together, never changes: so `total > residual` tells without loading the
/// reverse whether that has residual, which halves the time of the backward searches.
struct ResidualNetwork: ~Copyable {
  struct Arc: BitwiseCopyable {
    var head: Int32
    var reverse: Int32
    var residual: Int64
    var total: Int64

    /// Whether flow can go from `head` to the tail of this arc.
    @inline(__always)
    var isUsableBackwards: Bool { total > residual }
  }

  let nodeCount: Int

  /// Number of input arcs; there are twice as many records.
  let inputCount: Int

  private let offsets: GraphBuffer<Int32>
  private let records: GraphBuffer<Arc>

  /// Lays out both directions of each arc by counting sort: O(n + m).
  init(_ arcs: ArcList) {
    nodeCount = arcs.nodeCount
    inputCount = arcs.count
    offsets = GraphBuffer(Self.offsets(of: arcs))
    records = GraphBuffer(
      repeating: Arc(head: 0, reverse: 0, residual: 0, total: 0), count: 2 * arcs.count)
    let slots = firstArcs()
    for index in 0..<arcs.count {
      let (tail, head, capacity) = (arcs.tails[index], arcs.heads[index], arcs.weights[index])
      let forward = Self.take(slots, at: tail)
      let backward = Self.take(slots, at: head)
      records[forward] = Arc(head: head, reverse: backward, residual: capacity, total: capacity)
      records[backward] = Arc(head: tail, reverse: forward, residual: 0, total: capacity)
    }
  }

  /// The positions of the records whose tail is `node`.
  @inline(__always)
  func arcs(of node: Int32) -> Range<Int> {
    Int(offsets[node])..<Int(offsets[Int(node) &+ 1])
  }

  @inline(__always)
  func arc(_ position: Int) -> Arc { records[position] }

  /// Sends `amount`, at most the residual, along an arc.
  @inline(__always)
  func push(_ amount: Int64, along position: Int) {
    let reverse = records[position].reverse
    records[position].residual &-= amount
    records[reverse].residual &+= amount
  }

  /// The flow on each input arc, found by walking the layout of `init` again: O(n + m).
  func flows(on arcs: ArcList) -> [Int64] {
    let slots = firstArcs()
    return (0..<arcs.count).map { index in
      let forward = records[Self.take(slots, at: arcs.tails[index])]
      _ = Self.take(slots, at: arcs.heads[index])
      return forward.total - forward.residual
    }
  }

  /// Writes the position of the first record of each node.
  func copyFirstArcs(to buffer: borrowing GraphBuffer<Int32>) {
    for node in 0..<nodeCount { buffer[node] = offsets[node] }
  }

  private func firstArcs() -> GraphBuffer<Int32> {
    let first = GraphBuffer<Int32>(repeating: 0, count: nodeCount)
    copyFirstArcs(to: first)
    return first
  }

  private static func offsets(of arcs: ArcList) -> [Int32] {
    var offsets = [Int32](repeating: 0, count: arcs.nodeCount + 1)
    for tail in arcs.tails { offsets[Int(tail) + 1] += 1 }
    for head in arcs.heads { offsets[Int(head) + 1] += 1 }
    for node in 0..<arcs.nodeCount { offsets[node + 1] += offsets[node] }
    return offsets
  }

  @inline(__always)
  private static func take(_ slots: borrowing GraphBuffer<Int32>, at node: Int32) -> Int32 {
    let slot = slots[node]
    slots[node] = slot &+ 1
    return slot
  }
}
