/// A message broker in simulated time: queues, topics, and what a real one does to messages.
///
///     var broker = MessageBroker(profile: .rabbitmq)
///     let queue = broker.declareQueue(QueuePolicy(capacity: 100))
///     let worker = broker.subscribe(to: queue, ConsumerPolicy(window: 3), at: 0)
///     let client = broker.addPublisher()
///     broker.send(OutgoingMessage(1), from: client, to: queue, at: 0)
///     while let delivery = broker.nextDelivery() { broker.acknowledge(delivery.tag, at: 1) }
///
/// The broker reads no clock: each call says what time it is, never less than the call before, and
/// timers that are due go off first. A driver takes deliveries, losses and receipts after each
/// call, and asks `nextExpiry` for when to look again. What happens depends on the calls alone.
///
/// A queue delivers each message to one of its consumers, in turn among those with room in their
/// prefetch window; a message waits only while no consumer that wants it has room. The order is by
/// priority, then messages that came back, then the others, each in order of arrival. A message
/// leaves the broker acknowledged or as a `BrokerLoss`; delivery is at least once, but for
/// automatic acknowledgement, where it is at most once.
///
/// Every operation costs O(1), and O(log n) where a message expires or comes back, amortised; a
/// consumer that takes every type of a queue with selecting consumers pays for the number of
/// types. Removals cost what they remove. A message takes 56 bytes, 60 with a timer, and nothing
/// is allocated for it once the pools have grown. One broker belongs to one replication: it is not
/// `Sendable`.
///
/// Sources: STOMP 1.2 (stomp.github.io), sections SEND to ABORT; Java Message Service 2.0, chapters
/// 3.4 and 6 to 8; the manuals of ActiveMQ Classic and RabbitMQ for what the protocols leave open.
public struct MessageBroker: ~Copyable {
  public enum QueueKind {}
  public enum TopicKind {}
  public enum ConsumerKind {}
  public enum PublisherKind {}
  public enum TransactionKind {}
  public enum TagKind {}

  /// A queue, or a subscription of a topic.
  public typealias Queue = BrokerID<QueueKind>
  public typealias Topic = BrokerID<TopicKind>
  public typealias Consumer = BrokerID<ConsumerKind>
  public typealias Publisher = BrokerID<PublisherKind>
  public typealias Transaction = BrokerID<TransactionKind>

  public let profile: BrokerProfile

  /// The time of the last call, in seconds; minus infinity before the first.
  public internal(set) var now = -Double.infinity

  /// Where all messages are.
  public internal(set) var census = BrokerCensus()

  var messages = SlotPool<QueuedMessage>()
  var queues = SlotPool<QueueState>()
  var lanes = SlotPool<Lane>()
  var consumers = SlotPool<ConsumerState>()
  var publishers = SlotPool<PublisherState>()
  var topics = SlotPool<TopicState>()
  var transactions = SlotPool<TransactionState>()
  /// Acknowledgements of open transactions, by the transaction's slot.
  var stagedTags: [[BrokerDelivery.Tag]] = []
  var timers = ExpiryTable()
  /// The lanes of selective queues by queue and type.
  var laneOfType: [UInt64: UInt32] = [:]

  var deliveries = NoticeLine<BrokerDelivery>()
  var losses = NoticeLine<BrokerLoss>()
  var receipts = NoticeLine<BrokerReceipt>()

  /// Numbers messages in order of arrival.
  var sequence: UInt64 = 0
  /// Numbers the turns of consumers.
  var turn: UInt64 = 0

  /// A broker without queues.
  public init(profile: BrokerProfile = .model) {
    self.profile = profile
  }

  /// When the next timer goes off; it may be that of a message in hand, which does nothing.
  public var nextExpiry: Double? { timers.first.map { messages[$0].expiry } }

  /// Bytes that the broker has taken for messages and their timers.
  public var messageByteCount: Int { messages.byteCount + timers.byteCount }

  /// The next message that goes to a consumer, in order; nil when all were taken.
  ///
  /// A delivery that was overtaken by the loss of its consumer is left out.
  public mutating func nextDelivery() -> BrokerDelivery? {
    while let delivery = deliveries.popFirst() {
      if messages.isCurrent(delivery.tag.slot, delivery.tag.generation) { return delivery }
    }
    return nil
  }

  /// The next loss that nobody has taken note of.
  public mutating func nextLoss() -> BrokerLoss? { losses.popFirst() }

  /// The next receipt: of a publisher that wants them, or the end of its being blocked.
  public mutating func nextReceipt() -> BrokerReceipt? { receipts.popFirst() }

  /// Messages that wait in a queue; 0 for one that does not exist.
  public func length(of queue: Queue) -> Int { exists(queue) ? queues[queue.slot].waiting : 0 }

  /// Messages of a queue that consumers have in hand.
  public func inHand(of queue: Queue) -> Int { exists(queue) ? queues[queue.slot].inHand : 0 }

  /// Whether a publisher must wait for room.
  public func isBlocked(_ publisher: Publisher) -> Bool { publishers[publisher.slot].blocked > 0 }

  /// Whether a queue or subscription exists.
  public func exists(_ queue: Queue) -> Bool { queues.isCurrent(queue.slot, queue.generation) }

  /// Whether a topic exists.
  public func exists(_ topic: Topic) -> Bool { topics.isCurrent(topic.slot, topic.generation) }

  /// Whether a consumer exists, be it away.
  public func exists(_ consumer: Consumer) -> Bool {
    consumers.isCurrent(consumer.slot, consumer.generation)
  }
}
