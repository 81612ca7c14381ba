/// A consumer as the broker holds it.
struct ConsumerState: Slot {
  var next = UInt32.none
  var generation: UInt32 = 0

  /// None once its queue was removed.
  var queue = UInt32.none
  /// The lane that it selects; none if it takes every type.
  var lane = UInt32.none
  var policy = ConsumerPolicy()
  /// Messages that it may have in hand.
  var window: UInt32 = 0
  var inHand: UInt32 = 0
  /// Messages in hand, in order of delivery.
  var held = SlotList()
  var isAway = false

  var isReady = false
  var nextReady = UInt32.none
  var previousReady = UInt32.none
  /// Its turn: among two ready consumers the one with the smaller number is served.
  var turn: UInt64 = 0

  var nextOfQueue = UInt32.none
  var previousOfQueue = UInt32.none

  var hasRoom: Bool { !isAway && inHand < window && queue != .none }
}
