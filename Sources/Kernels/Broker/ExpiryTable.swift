/// The timers of messages that expire: a binary heap of slots by moment, then by sequence.
///
/// Each message knows its place in the heap, so a timer is taken out in O(log n); 4 bytes a timer.
///
/// Source: Williams, "Algorithm 232: Heapsort", Communications of the ACM 7 (1964).
struct ExpiryTable {
  private var heap: [UInt32] = []

  var count: Int { heap.count }

  /// The message that expires first.
  var first: UInt32? { heap.first }

  /// Bytes of memory taken.
  var byteCount: Int { heap.capacity * MemoryLayout<UInt32>.stride }

  /// Starts the timer of a message; one that never expires has none.
  mutating func start(_ slot: UInt32, _ messages: inout SlotPool<QueuedMessage>) {
    guard messages[slot].expiry < .infinity, messages[slot].timer == .none else { return }
    heap.append(slot)
    siftUp(slot, from: heap.count - 1, &messages)
  }

  /// Takes out the timer of a message, if it has one.
  mutating func stop(_ slot: UInt32, _ messages: inout SlotPool<QueuedMessage>) {
    guard messages[slot].timer != .none else { return }
    let hole = Int(messages[slot].timer)
    messages[slot].timer = .none
    guard let last = heap.popLast(), last != slot else { return }
    siftDown(last, from: siftUp(last, from: hole, &messages), &messages)
  }

  private func precedes(
    _ a: UInt32, _ b: UInt32, _ messages: borrowing SlotPool<QueuedMessage>
  ) -> Bool {
    let (x, y) = (messages[a].expiry, messages[b].expiry)
    return x < y || (x == y && messages[a].sequence < messages[b].sequence)
  }

  @discardableResult
  private mutating func siftUp(
    _ slot: UInt32, from start: Int, _ messages: inout SlotPool<QueuedMessage>
  ) -> Int {
    var hole = start
    while hole > 0 {
      let parent = (hole - 1) / 2
      guard precedes(slot, heap[parent], messages) else { break }
      put(heap[parent], at: hole, &messages)
      hole = parent
    }
    put(slot, at: hole, &messages)
    return hole
  }

  private mutating func siftDown(
    _ slot: UInt32, from start: Int, _ messages: inout SlotPool<QueuedMessage>
  ) {
    var hole = start
    while 2 * hole + 1 < heap.count {
      var child = 2 * hole + 1
      if child + 1 < heap.count, precedes(heap[child + 1], heap[child], messages) { child += 1 }
      guard precedes(heap[child], slot, messages) else { break }
      put(heap[child], at: hole, &messages)
      hole = child
    }
    put(slot, at: hole, &messages)
  }

  private mutating func put(
    _ slot: UInt32, at place: Int, _ messages: inout SlotPool<QueuedMessage>
  ) {
    heap[place] = slot
    messages[slot].timer = UInt32(place)
  }
}
