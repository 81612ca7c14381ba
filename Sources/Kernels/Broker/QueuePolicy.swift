/// How one queue is declared.
public struct QueuePolicy: Sendable, Equatable, BitwiseCopyable {
  /// Messages that may wait, at least 1; those in hand do not count (RabbitMQ: `x-max-length`), and
  /// one that comes back may exceed it.
  public var capacity: Int
  /// What happens beyond that; nil for the profile's rule.
  public var overflow: QueueOverflow?
  /// Levels of priority, from 1 to 10.
  ///
  /// With one level priorities are ignored (the default of both brokers), with ten all count
  /// (ActiveMQ: `prioritizedMessages`); a priority above the highest level counts as the highest
  /// (RabbitMQ: `x-max-priority`).
  public var priorityLevels: Int
  /// How long a message may wait here, in seconds; the message's own expiry may be earlier.
  public var timeToLiveSeconds: Double
  /// Deliveries, from 1 to 255, after which a message that comes back is dead-lettered instead.
  ///
  /// Nil for no limit, as in both brokers.
  public var deliveryLimit: Int?
  /// Where rejected, expired, too often delivered and dropped old messages go.
  public var deadLetterQueue: MessageBroker.Queue?

  public init(
    capacity: Int = .max, overflow: QueueOverflow? = nil, priorityLevels: Int = 1,
    timeToLiveSeconds: Double = .infinity, deliveryLimit: Int? = nil,
    deadLetterQueue: MessageBroker.Queue? = nil
  ) {
    self.capacity = capacity
    self.overflow = overflow
    self.priorityLevels = priorityLevels
    self.timeToLiveSeconds = timeToLiveSeconds
    self.deliveryLimit = deliveryLimit
    self.deadLetterQueue = deadLetterQueue
  }

  var isSound: Bool {
    capacity > 0 && 1...10 ~= priorityLevels && timeToLiveSeconds > 0
      && deliveryLimit.map { 1...255 ~= $0 } ?? true
  }
}
