/// The rules in which brokers differ.
///
///     var broker = MessageBroker(profile: .rabbitmq)
///
/// `activemq` and `rabbitmq` are what ActiveMQ 5.17.2 and RabbitMQ 3.10.8 did over STOMP 1.2, line by
/// line; `model` is the default of the simulations: every loss can be dead-lettered, and a full
/// queue refuses.
public struct BrokerProfile: Sendable, Equatable, BitwiseCopyable {
  public var nack: NackRule
  public var deadLetterScope: DeadLetterScope
  public var expiry: ExpiryRule
  /// What a queue does at its bound unless it is declared otherwise.
  public var overflow: QueueOverflow
  /// Messages on the way to a consumer with automatic acknowledgement at once.
  ///
  /// So many are lost when it dies; its prefetch window does not bind.
  public var autoInTransitMax: UInt32

  public init(
    nack: NackRule, deadLetterScope: DeadLetterScope, expiry: ExpiryRule, overflow: QueueOverflow,
    autoInTransitMax: UInt32
  ) {
    self.nack = nack
    self.deadLetterScope = deadLetterScope
    self.expiry = expiry
    self.overflow = overflow
    self.autoInTransitMax = autoInTransitMax
  }

  /// The defaults of the simulations.
  public static let model = BrokerProfile(
    nack: .rejects, deadLetterScope: .all, expiry: .relative, overflow: .dropNew,
    autoInTransitMax: .max)

  /// ActiveMQ 5.17.2 over STOMP.
  public static let activemq = BrokerProfile(
    nack: .rejects, deadLetterScope: .persistent, expiry: .absolute, overflow: .dropNew,
    autoInTransitMax: 1)

  /// RabbitMQ 3.10.8 over STOMP.
  public static let rabbitmq = BrokerProfile(
    nack: .requeues, deadLetterScope: .all, expiry: .relative, overflow: .dropOld,
    autoInTransitMax: .max)
}
