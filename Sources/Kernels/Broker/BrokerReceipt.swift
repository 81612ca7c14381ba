/// What the broker tells a publisher about a message that it sent.
public struct BrokerReceipt: Sendable, Equatable, BitwiseCopyable {
  public let time: Double
  public let publisher: MessageBroker.Publisher
  public let message: UInt64
  /// Whether the broker has it; where it was blocked, whether all its copies found room.
  public let isAccepted: Bool
  /// Whether the publisher was blocked and may send again now.
  public let wasBlocked: Bool
}
