/// A publisher as the broker holds it.
struct PublisherState: Slot {
  var next = UInt32.none
  var generation: UInt32 = 0
  var wantsReceipts = false
  /// Copies of what it sent last that wait outside of full queues.
  var blocked: UInt32 = 0
  var blockedMessage: UInt64 = 0
  /// Whether one of them was lost there.
  var hasLost = false
  /// Whether it was removed and is kept for its blocked messages only.
  var isGone = false
}
