/// The waiting messages of a queue that have one type, or all where nobody selects.
struct Lane: Slot {
  /// The messages of one priority.
  struct Level: BitwiseCopyable {
    /// Never delivered, in order.
    var fresh = SlotList()
    /// The root of the heap of those that came back.
    var returned = UInt32.none

    var isEmpty: Bool { fresh.isEmpty && returned == .none }
  }

  /// The next lane of the queue.
  var next = UInt32.none
  var generation: UInt32 = 0
  var queue = UInt32.none
  var type: UInt16 = 0
  /// Bit p tells whether level p holds messages.
  var occupied: UInt16 = 0
  var levels = InlineArray<10, Level>(repeating: Level())
  /// Consumers of this type alone that have room, the one served longest ago first.
  var ready = SlotList()

  /// The level whose turn it is, of those that hold messages.
  @inline(__always)
  static func highest(_ occupied: UInt16) -> Int { 15 - occupied.leadingZeroBitCount }
}
