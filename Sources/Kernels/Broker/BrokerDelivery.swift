/// A message on its way to a consumer.
public struct BrokerDelivery: Sendable, Equatable, BitwiseCopyable {
  /// What an acknowledgement names: new at each delivery.
  public typealias Tag = BrokerID<MessageBroker.TagKind>

  public let tag: Tag
  public let time: Double
  public let message: UInt64
  public let queue: MessageBroker.Queue
  public let consumer: MessageBroker.Consumer
  public let publisher: MessageBroker.Publisher
  public let type: UInt16
  public let priority: UInt8
  /// 1 for the first delivery; stays at 255.
  public let attempt: UInt8

  /// The mark that tells a consumer that it may have seen the message.
  public var isRedelivered: Bool { attempt > 1 }
}
