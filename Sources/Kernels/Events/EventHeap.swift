/// A 4-ary implicit heap of events.
///
/// Event i has children 4i + 1 to 4i + 4, so that one sift reads few cache lines.
/// An event that was taken leaves a hole at the root, which the next event that is pushed fills on
/// its way down: most events of a simulation bring about another, and so cost one sift and not two.
/// `push` and `pop` cost O(log n) comparisons and 24 bytes an event; memory is taken by doubling and
/// kept. Source: Larkin, Sen, Tarjan, "A back-to-basics empirical study of priority queues", 2014.
@safe struct EventHeap: ~Copyable {
  private var heap: UnsafeMutablePointer<Event>
  /// Cells in use, with the hole.
  private var length = 0
  private var hasHole = false
  private(set) var room: Int

  init(capacity: Int) {
    room = max(1, capacity)
    unsafe heap = .allocate(capacity: room)
  }

  deinit { unsafe heap.deallocate() }

  var count: Int { hasHole ? length &- 1 : length }

  /// The earliest event; there must be one.
  var first: Event { unsafe hasHole ? heap[earliest(from: 1)] : heap[0] }

  @inline(__always)
  mutating func push(_ event: Event) {
    if hasHole {
      hasHole = false
      siftDown(event)
    } else {
      if length == room { grow() }
      length &+= 1
      siftUp(event, from: length &- 1)
    }
  }

  /// Removes and returns the earliest event; there must be one.
  @inline(__always)
  mutating func pop() -> Event {
    if hasHole { fillHole() }
    hasHole = true
    return unsafe heap[0]
  }

  /// Removes all events and returns them in the order of serving.
  mutating func drainSorted() -> [Event] {
    var events: [Event] = []
    events.reserveCapacity(count)
    forEach { events.append($0) }
    events.sort { $0.precedes($1) }
    length = 0
    hasHole = false
    return events
  }

  /// Calls `body` with every event, in no order that means anything.
  func forEach(_ body: (Event) -> Void) {
    for i in (hasHole ? 1 : 0)..<max(length, hasHole ? 1 : 0) { body(unsafe heap[i]) }
  }

  /// The first cell whose event comes before its parent's; nil in a sound heap.
  var firstDisorder: Int? {
    let start = hasHole ? 5 : 1
    guard start < length else { return nil }
    return (start..<length).first { unsafe heap[$0].precedes(heap[($0 - 1) / 4]) }
  }

  @inline(never)
  private mutating func fillHole() {
    length &-= 1
    hasHole = false
    if length > 0 { unsafe siftDown(heap[length]) }
  }

  /// Moves the hole at `start` towards the root until `event` may fill it.
  @inline(__always)
  private mutating func siftUp(_ event: Event, from start: Int) {
    var hole = start
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      guard unsafe event.precedes(heap[parent]) else { break }
      unsafe heap[hole] = heap[parent]
      hole = parent
    }
    unsafe heap.advanced(by: hole).initialize(to: event)
  }

  /// Moves the hole at the root towards the leaves until `event` may fill it.
  @inline(__always)
  private mutating func siftDown(_ event: Event) {
    var hole = 0
    var child = 1
    while child < length {
      let first = earliest(from: child)
      guard unsafe heap[first].precedes(event) else { break }
      unsafe heap[hole] = heap[first]
      hole = first
      child = hole &<< 2 &+ 1
    }
    unsafe heap[hole] = event
  }

  /// The earliest of up to four siblings, of which `child` is the first.
  @inline(__always)
  private func earliest(from child: Int) -> Int {
    var best = child
    var sibling = child &+ 1
    let end = min(child &+ 4, length)
    while sibling < end {
      if unsafe heap[sibling].precedes(heap[best]) { best = sibling }
      sibling &+= 1
    }
    return best
  }

  @inline(never)
  private mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: 2 * room)
    unsafe larger.moveInitialize(from: heap, count: length)
    unsafe heap.deallocate()
    unsafe heap = larger
    room *= 2
  }
}
