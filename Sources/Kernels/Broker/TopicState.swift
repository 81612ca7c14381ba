/// A topic: the head of a list of subscriptions.
struct TopicState: Slot {
  var next = UInt32.none
  var generation: UInt32 = 0
  var isLive = false
  var firstSubscription = UInt32.none
  var lastSubscription = UInt32.none
}
