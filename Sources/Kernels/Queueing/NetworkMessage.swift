/// A message on its way through a network: 48 bytes.
struct NetworkMessage: BitwiseCopyable {
  static let none = UInt32.max
  static let countedBit: UInt32 = 1 << 31

  var born: Double
  var queued = Double.nan
  /// When its service at the present station began; not a number before.
  var started = Double.nan
  /// Service that it still needs at the present station.
  var work = 0.0
  /// The source, and its number among those of the source: the address of its random numbers.
  let entity: UInt64
  /// The message behind it in a queue, or the next free place.
  var next = NetworkMessage.none
  /// Stations visited, and whether it counts.
  var visit: UInt32

  init(entity: UInt64, born: Double, isCounted: Bool) {
    self.entity = entity
    self.born = born
    visit = isCounted ? Self.countedBit : 0
  }

  var isCounted: Bool { visit & Self.countedBit != 0 }
  var visits: UInt64 { UInt64(visit & ~Self.countedBit) }
  var source: Int { Int(entity >> 40) }

  static func entity(source: Int, number: UInt64) -> UInt64 { UInt64(source) << 40 | number }
}

/// What a station that interrupts, fails or changes its speed keeps of a message besides.
struct NetworkTimer: BitwiseCopyable {
  static let none = UInt64.max

  /// The sequence number of the event that is pending for the message; others of it are void.
  var sequence = NetworkTimer.none
  /// Until when its work is accounted for.
  var since = 0.0
}

/// Messages under way in places that are used again.
struct MessageTable: ~Copyable {
  private var places = Slab<NetworkMessage>(uninitialized: 1024)
  /// Empty unless a station of the network needs them.
  private var timers: Slab<NetworkTimer>
  private let hasTimers: Bool
  private var firstFree = NetworkMessage.none
  private var used = 0
  private(set) var count = 0
  private(set) var countMax = 0

  init(withTimers: Bool) {
    hasTimers = withTimers
    timers = Slab(uninitialized: withTimers ? 1024 : 1)
  }

  @inline(__always)
  subscript(_ place: UInt32) -> NetworkMessage {
    _read { yield places[Int(place)] }
    _modify { yield &places[Int(place)] }
  }

  @inline(__always)
  subscript(timer place: UInt32) -> NetworkTimer {
    _read { yield timers[Int(place)] }
    _modify { yield &timers[Int(place)] }
  }

  @inline(__always)
  func prefetch(_ place: UInt32) { places.prefetch(Int(place)) }

  @inline(__always)
  mutating func add(_ message: NetworkMessage) -> UInt32 {
    let place: UInt32
    if firstFree != NetworkMessage.none {
      place = firstFree
      firstFree = places[Int(place)].next
    } else {
      if used == places.count { grow() }
      place = UInt32(truncatingIfNeeded: used)
      used &+= 1
    }
    places[Int(place)] = message
    if hasTimers { timers[Int(place)] = NetworkTimer() }
    count &+= 1
    return place
  }

  /// To be called once a message was admitted; one that is lost at once was never under way.
  @inline(__always)
  mutating func noteCount() {
    if count > countMax { countMax = count }
  }

  @inline(__always)
  mutating func remove(_ place: UInt32) {
    places[Int(place)].next = firstFree
    firstFree = place
    count &-= 1
  }

  @inline(never)
  private mutating func grow() {
    precondition(used < 1 << 30, "more than 2^30 messages under way")
    places.double()
    if hasTimers { timers.double() }
  }
}
