/// The pending events of a simulation, served by time and, at equal times, in order of arrival.
///
///     var queue = EventQueue()
///     queue.push(time: 1.5, payload: arrival)
///     while let event = queue.pop() { handle(event) }
///
/// A 4-ary implicit heap: event i has children 4i + 1 ... 4i + 4, so one sift reads few cache
/// lines. `push` and `pop` cost O(log n) comparisons and 24 bytes an event; memory is taken by
/// doubling and kept, never per event. A timer that may be cancelled is best left in the queue
/// and skipped when it comes up. One queue belongs to one replication: it is not `Sendable`.
///
/// Source: Larkin, Sen, Tarjan, "A back-to-basics empirical study of priority queues", 2014.
@safe public struct EventQueue: ~Copyable {
  @usableFromInline var heap: UnsafeMutablePointer<Event>
  @usableFromInline var size = 0
  @usableFromInline var room: Int
  @usableFromInline var pushed: UInt64 = 0
  @usableFromInline var clock = -Double.infinity
  @usableFromInline let isMonotone: Bool

  /// An empty queue; a monotone one refuses events that lie before the last one popped.
  public init(capacity: Int = 64, isMonotone: Bool = true) {
    room = max(1, capacity)
    unsafe heap = .allocate(capacity: room)
    self.isMonotone = isMonotone
  }

  deinit { unsafe heap.deallocate() }

  /// The number of pending events.
  @inlinable public var count: Int { size }

  @inlinable public var isEmpty: Bool { size == 0 }

  /// The number of events that fit before the next doubling.
  @inlinable public var capacity: Int { room }

  /// The time of the event popped last; minus infinity before the first.
  @inlinable public var now: Double { clock }

  /// The time of the earliest pending event.
  @inlinable public var peekTime: Double? {
    size == 0 ? nil : unsafe heap[0].time
  }

  /// Schedules `payload` at `time`, which must be a number and, in a monotone queue, not past.
  @inlinable
  public mutating func push(time: Double, payload: UInt64) {
    precondition(isMonotone ? time >= clock : !time.isNaN, "an event before the present")
    if size == room { grow() }
    let event = Event(time: time, sequence: pushed, payload: payload)
    pushed &+= 1
    size &+= 1
    siftUp(event, from: size &- 1)
  }

  /// Removes and returns the earliest event.
  @inlinable
  public mutating func pop() -> Event? {
    guard size > 0 else { return nil }
    let first = unsafe heap[0]
    size &-= 1
    if size > 0 { unsafe siftDown(heap[size]) }
    clock = first.time
    return first
  }

  /// Moves the hole at `start` towards the root until `event` may fill it.
  @inlinable @inline(__always)
  mutating func siftUp(_ event: Event, from start: Int) {
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
  @inlinable @inline(__always)
  mutating func siftDown(_ event: Event) {
    var hole = 0
    var child = 1
    while child < size {
      let first = earliest(from: child)
      guard unsafe heap[first].precedes(event) else { break }
      unsafe heap[hole] = heap[first]
      hole = first
      child = hole &<< 2 &+ 1
    }
    unsafe heap[hole] = event
  }

  /// The earliest of up to four siblings, of which `child` is the first.
  @inlinable @inline(__always)
  func earliest(from child: Int) -> Int {
    var best = child
    var sibling = child &+ 1
    let end = min(child &+ 4, size)
    while sibling < end {
      if unsafe heap[sibling].precedes(heap[best]) { best = sibling }
      sibling &+= 1
    }
    return best
  }

  @usableFromInline @inline(never)
  mutating func grow() {
    let larger = UnsafeMutablePointer<Event>.allocate(capacity: 2 * room)
    unsafe larger.moveInitialize(from: heap, count: size)
    unsafe heap.deallocate()
    unsafe heap = larger
    room *= 2
  }
}
