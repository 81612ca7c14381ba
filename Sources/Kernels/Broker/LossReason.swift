/// Why a queue lost a message.
public enum LossReason: String, CaseIterable, Sendable, BitwiseCopyable {
  /// Dropped or refused at the bound of a queue.
  case bound
  /// Its time was over.
  case expired
  /// A consumer refused it.
  case rejected
  /// It was delivered too often.
  case limit
  /// Sent to a consumer with automatic acknowledgement that died before it read it.
  case consumerLost = "consumer_lost"
  /// A topic had no subscriber that wanted it.
  case noSubscriber = "no_subscriber"
  /// Sent to a queue or topic that does not exist.
  case noDestination = "no_destination"
  /// Its queue or subscription was removed.
  case queueRemoved = "queue_removed"

  /// Its place in the order of the cases.
  public var code: Int {
    switch self {
    case .bound: 0
    case .expired: 1
    case .rejected: 2
    case .limit: 3
    case .consumerLost: 4
    case .noSubscriber: 5
    case .noDestination: 6
    case .queueRemoved: 7
    }
  }

  /// Whether a dead-letter queue may get such messages.
  var isDeadLettered: Bool { code < 4 }
}
