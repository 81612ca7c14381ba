/// A message that a queue lost.
public struct BrokerLoss: Sendable, Equatable, BitwiseCopyable {
  public let time: Double
  public let message: UInt64
  /// Nil where the message never had a queue.
  public let queue: MessageBroker.Queue?
  public let publisher: MessageBroker.Publisher
  public let reason: LossReason
  /// How often it had been delivered.
  public let deliveries: Int
  /// Where it went instead; nil if it is gone.
  public let deadLetterQueue: MessageBroker.Queue?
}
