/// The pending events of a simulation, served by time and, at equal times, in order of arrival.
///
///     var queue = EventQueue()
///     queue.push(time: 1.5, payload: arrival)
///     while let event = queue.pop() { handle(event) }
///
/// A 4-ary heap while few events are pending, a radix heap once there are `radixFrom`: the order of
/// serving is the same, and nothing is allocated per event. A timer that may be cancelled is best
/// left in the queue and skipped when it comes up. One queue belongs to one replication: it is not
/// `Sendable`.
public struct EventQueue: ~Copyable {
  var heap: EventHeap
  var radix = RadixHeap()
  var usesRadix = false
  var pushed: UInt64 = 0
  var clock = -Double.infinity
  let isMonotone: Bool
  /// Pending events from which a radix heap holds them; it is left at an eighth of that.
  let radixFrom: Int

  /// An empty queue; a monotone one refuses events that lie before the last one popped, and only
  /// such a queue turns to a radix heap.
  public init(capacity: Int = 64, isMonotone: Bool = true, radixFrom: Int = 100_000) {
    heap = EventHeap(capacity: capacity)
    self.isMonotone = isMonotone
    self.radixFrom = isMonotone ? max(8, radixFrom) : .max
  }

  /// The number of pending events.
  public var count: Int { usesRadix ? radix.size : heap.count }

  public var isEmpty: Bool { count == 0 }

  /// The number of events that fit into the heap before its next doubling.
  public var capacity: Int { heap.room }

  /// The time of the event popped last; minus infinity before the first.
  public var now: Double { clock }

  /// The time of the earliest pending event; may read many events while a radix heap holds them.
  public var peekTime: Double? {
    if isEmpty { return nil }
    return usesRadix ? radix.firstTime : heap.first.time
  }

  /// Schedules `payload` at `time`, which must be a number and, in a monotone queue, not past.
  ///
  /// - Returns: its sequence number, by which the event can be told when it comes up.
  @inline(__always) @discardableResult
  public mutating func push(time: Double, payload: UInt64) -> UInt64 {
    precondition(isMonotone ? time >= clock : !time.isNaN, "an event before the present")
    let event = Event(time: time, sequence: pushed, payload: payload)
    pushed &+= 1
    if usesRadix {
      radix.push(event)
    } else {
      heap.push(event)
      if heap.count >= radixFrom { turnToRadix() }
    }
    return event.sequence
  }

  /// Removes and returns the earliest event.
  @inline(__always)
  public mutating func pop() -> Event? {
    if usesRadix { return popFromRadix() }
    guard heap.count > 0 else { return nil }
    let first = heap.pop()
    clock = first.time
    return first
  }

  /// The payload of the event that is likely to come next while a heap holds them: a hint, for what
  /// a simulation fetches ahead of time.
  @inline(__always)
  var likelyNext: UInt64 { heap.firstPayload }

  /// The same of four that are likely to come soon, from 1 to 4, in either structure.
  @inline(__always)
  func likelySoon(_ index: Int) -> UInt64 {
    usesRadix ? radix.soon(index &- 1) : heap.payload(at: index)
  }

  /// Gives a number to an event that its simulation keeps outside the queue until it is its turn.
  @inline(__always)
  mutating func takeNumber() -> UInt64 {
    defer { pushed &+= 1 }
    return pushed
  }

  /// Removes and returns the earliest event if it precedes one that is kept outside; nil where it is
  /// the outsider's turn.
  ///
  /// Only for a queue too small for its radix heap.
  @inline(__always)
  mutating func pop(before outsider: Event) -> Event? {
    assert(!usesRadix)
    guard heap.count > 0, heap.firstPrecedes(outsider) else {
      clock = outsider.time
      return nil
    }
    let first = heap.pop()
    clock = first.time
    return first
  }

  /// Takes in an event that was kept outside, with the number that it was given then.
  mutating func admit(_ event: Event) {
    assert(!usesRadix && event.sequence < pushed)
    heap.push(event)
  }

  @inline(never)
  mutating func turnToRadix() {
    radix.start(after: clock)
    for event in heap.drainSorted() { radix.push(event) }
    usesRadix = true
  }

  mutating func popFromRadix() -> Event {
    let first = radix.pop()
    clock = first.time
    if radix.size < radixFrom / 8 { turnToHeap() }
    return first
  }

  @inline(never)
  private mutating func turnToHeap() {
    while radix.size > 0 { heap.push(radix.pop()) }
    usesRadix = false
  }
}
