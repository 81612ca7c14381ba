/// A queue, or a subscription of a topic, as the broker holds it.
struct QueueState: Slot {
  var next = UInt32.none
  var generation: UInt32 = 0
  var isLive = false

  var policy = QueuePolicy()
  var overflow = QueueOverflow.dropNew
  /// Whether some consumer selects by type, so that messages wait in a lane per type.
  var isSelective = false
  /// Its lanes, linked.
  var firstLane = UInt32.none
  var waiting = 0
  var inHand = 0

  /// Consumers that take every type and have room, the one served longest ago first.
  var ready = SlotList()
  /// All its consumers, linked.
  var firstConsumer = UInt32.none
  /// Messages that found it full, in order.
  var blocked = SlotList()

  /// For a subscription: its topic, what it wants, and its neighbours.
  var topic = UInt32.none
  var selector = MessageSelector.all
  var nextOfTopic = UInt32.none
  var previousOfTopic = UInt32.none
  /// Whether the subscription ends with its consumer.
  var isTransient = false
}
