internal import CProcessor

/// A 4-ary implicit heap of events.
///
/// Event i has children 4i + 1 to 4i + 4. Their times lie apart from the rest of them, as whole
/// numbers of the same order and four to a group of 32 bytes that begins at a multiple of 32, and
/// the rest of four is one cache line: a sift reads two lines a level, the second while it compares,
/// and finds the earliest of four without a branch that depends on chance. Cells behind the last
/// event hold keys that come after all, each of a group another, so that they never tie.
/// An event that was taken leaves a hole at the root, which the next event that is pushed fills on
/// its way down: most events of a simulation bring about another, and so cost one sift and not two.
/// `push` and `pop` cost O(log n) comparisons and 24 bytes an event; memory is taken by doubling and
/// kept. Source: Larkin, Sen, Tarjan, "A back-to-basics empirical study of priority queues", 2014.
@safe struct EventHeap: ~Copyable {
  /// What an event has beside its time.
  private struct Rest {
    var sequence: UInt64
    var payload: UInt64
  }

  /// Cells before the root, so that each group of siblings begins at a multiple of 4.
  private static let lead = 3

  /// What belongs to event i is at `lead` + i.
  private var keys: UnsafeMutablePointer<UInt64>
  private var rests: UnsafeMutablePointer<Rest>
  /// Cells in use, with the hole.
  private var length = 0
  private var hasHole = false
  private(set) var room: Int

  init(capacity: Int) {
    room = max(8, capacity)
    unsafe keys = Self.allocate(room, Self.noKey)
    unsafe rests = Self.allocate(room) { _ in Rest(sequence: 0, payload: 0) }
  }

  deinit {
    unsafe keys.deallocate()
    unsafe rests.deallocate()
  }

  var count: Int { hasHole ? length &- 1 : length }

  /// The earliest event; there must be one.
  var first: Event { event(unsafe hasHole ? Self.earliest(from: 1, keys, rests) : 0) }

  /// Whether the earliest event, of which there must be one, precedes one that is kept elsewhere.
  @inline(__always)
  func firstPrecedes(_ other: Event) -> Bool {
    let first = unsafe hasHole ? Self.earliest(from: 1, keys, rests) : 0
    let (key, otherKey) = unsafe (keys[Self.lead &+ first], Event.key(other.time))
    return unsafe key < otherKey
      || (key == otherKey && rests[Self.lead &+ first].sequence < other.sequence)
  }

  /// The payload of the earliest event; 0 where there is none.
  @inline(__always)
  var firstPayload: UInt64 {
    unsafe rests[Self.lead &+ (hasHole ? Self.earliest(from: 1, keys, rests) : 0)].payload
  }

  /// The payload of one of the cells 1 to 4, next to the root, which may be empty or was so: a hint.
  @inline(__always)
  func payload(at index: Int) -> UInt64 { unsafe rests[Self.lead &+ index].payload }

  @inline(__always)
  mutating func push(_ event: Event) {
    if hasHole {
      hasHole = false
      siftDown(Event.key(event.time), Rest(sequence: event.sequence, payload: event.payload))
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
    return event(0)
  }

  /// Removes all events and returns them in the order of serving.
  mutating func drainSorted() -> [Event] {
    var events: [Event] = []
    events.reserveCapacity(count)
    forEach { events.append($0) }
    events.sort { $0.precedes($1) }
    for i in 0..<length { unsafe keys[Self.lead &+ i] = Self.noKey(i) }
    length = 0
    hasHole = false
    return events
  }

  /// Calls `body` with every event, in no order that means anything.
  func forEach(_ body: (Event) -> Void) {
    for i in (hasHole ? 1 : 0)..<max(length, hasHole ? 1 : 0) { body(event(i)) }
  }

  /// The first cell whose event comes before its parent's, or behind the last that is not empty; nil
  /// in a sound heap.
  var firstDisorder: Int? {
    let start = hasHole ? 5 : 1
    if start < length,
      let cell = (start..<length).first(where: { event($0).precedes(event(($0 - 1) / 4)) })
    {
      return cell
    }
    return (length..<Self.cellCount(room) - Self.lead).first {
      unsafe keys[Self.lead + $0] != Self.noKey($0)
    }
  }

  @inline(__always)
  private func event(_ index: Int) -> Event {
    unsafe Event(
      time: Event.time(ofKey: keys[Self.lead &+ index]),
      sequence: rests[Self.lead &+ index].sequence,
      payload: rests[Self.lead &+ index].payload)
  }

  @inline(never)
  private mutating func fillHole() {
    length &-= 1
    hasHole = false
    let last = unsafe keys[Self.lead &+ length]
    unsafe keys[Self.lead &+ length] = Self.noKey(length)
    if length > 0 { unsafe siftDown(last, rests[Self.lead &+ length]) }
  }

  /// Moves the hole at `start` towards the root until `event` may fill it.
  @inline(__always)
  private mutating func siftUp(_ event: Event, from start: Int) {
    let key = Event.key(event.time)
    var hole = start
    while hole > 0 {
      let parent = (hole &- 1) &>> 2
      let other = unsafe keys[Self.lead &+ parent]
      guard
        unsafe key < other || (key == other && event.sequence < rests[Self.lead &+ parent].sequence)
      else { break }
      unsafe keys[Self.lead &+ hole] = other
      unsafe rests[Self.lead &+ hole] = rests[Self.lead &+ parent]
      hole = parent
    }
    unsafe keys[Self.lead &+ hole] = key
    unsafe rests[Self.lead &+ hole] = Rest(sequence: event.sequence, payload: event.payload)
  }

  /// Moves the hole at the root towards the leaves until the event may fill it.
  @inline(__always)
  private mutating func siftDown(_ key: UInt64, _ rest: Rest) {
    var hole = 0
    var child = 1
    while child < length {
      let first = unsafe Self.earliest(from: child, keys, rests)
      let other = unsafe keys[Self.lead &+ first]
      guard
        unsafe other < key || (other == key && rests[Self.lead &+ first].sequence < rest.sequence)
      else { break }
      unsafe keys[Self.lead &+ hole] = other
      unsafe rests[Self.lead &+ hole] = rests[Self.lead &+ first]
      hole = first
      child = hole &<< 2 &+ 1
    }
    unsafe keys[Self.lead &+ hole] = key
    unsafe rests[Self.lead &+ hole] = rest
  }

  /// The earliest of four siblings, of which `child` is the first; empty cells come last.
  ///
  /// Static, as a method of a value that is being changed would work on a copy of it.
  @inline(__always)
  private static func earliest(
    from child: Int, _ keys: UnsafeMutablePointer<UInt64>, _ rests: UnsafeMutablePointer<Rest>
  ) -> Int {
    unsafe kc_prefetch(rests + (lead &+ child))
    let group = unsafe keys + (lead &+ child)
    let (key0, key1) = unsafe (group[0], group[1])
    let (key2, key3) = unsafe (group[2], group[3])
    let left = min(key0, key1)
    let right = min(key2, key3)
    if key0 == key1 || key2 == key3 || left == right {
      return unsafe earliestOfSome(from: child, keys, rests)
    }
    // Three answers make a number, which finds its place in a table of 2-bit entries: where two
    // choices were written down, the compiler made branches of them.
    let answers =
      (key1 < key0 ? 1 : 0) &+ (key3 < key2 ? 2 : 0) &+ (right < left ? 4 : 0)
    return child &+ (places &>> (answers &<< 1)) & 3
  }

  /// Which of four is the earliest, by whether the second precedes the first, the fourth the third,
  /// and one of the last two both of the others.
  private static var places: Int { 0b11_11_10_10_01_00_01_00 }

  /// The same where some of them are of the same time.
  @inline(never)
  private static func earliestOfSome(
    from child: Int, _ keys: UnsafeMutablePointer<UInt64>, _ rests: UnsafeMutablePointer<Rest>
  ) -> Int {
    var best = child
    for sibling in child &+ 1..<child &+ 4 {
      let (key, least) = unsafe (keys[lead &+ sibling], keys[lead &+ best])
      guard key <= least else { continue }
      if unsafe key < least || rests[lead &+ sibling].sequence < rests[lead &+ best].sequence {
        best = sibling
      }
    }
    return best
  }

  /// Cells for so many events, with whole groups of siblings.
  private static func cellCount(_ room: Int) -> Int { (lead + room + 3) / 4 * 4 }

  /// The key of an empty cell.
  private static func noKey(_ index: Int) -> UInt64 { .max &- UInt64(index & 3) }

  /// Cells of which the groups of siblings begin at a multiple of their size.
  private static func allocate<Cell: BitwiseCopyable>(
    _ room: Int, _ cell: (Int) -> Cell
  ) -> UnsafeMutablePointer<Cell> {
    let count = cellCount(room)
    let size = MemoryLayout<Cell>.stride
    let raw = UnsafeMutableRawPointer.allocate(byteCount: size * count, alignment: 4 * size)
    let cells = unsafe raw.bindMemory(to: Cell.self, capacity: count)
    for i in 0..<count { unsafe (cells + i).initialize(to: cell(i - lead)) }
    return unsafe cells
  }

  @inline(never)
  private mutating func grow() {
    unsafe Self.double(&keys, room, Self.noKey)
    unsafe Self.double(&rests, room) { _ in Rest(sequence: 0, payload: 0) }
    room *= 2
  }

  private static func double<Cell: BitwiseCopyable>(
    _ cells: inout UnsafeMutablePointer<Cell>, _ room: Int, _ cell: (Int) -> Cell
  ) {
    let more = unsafe allocate(2 * room, cell)
    unsafe more.update(from: cells, count: lead + room)
    unsafe cells.deallocate()
    unsafe cells = more
  }
}
