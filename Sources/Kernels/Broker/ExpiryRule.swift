/// How a message's expiry is meant.
public enum ExpiryRule: String, CaseIterable, Sendable, BitwiseCopyable {
  /// As a moment (ActiveMQ: `expires`).
  case absolute
  /// As a time to live that begins when it is sent (RabbitMQ: `expiration`).
  case relative

  /// The moment at which a message that is sent `now` expires.
  func moment(_ expiry: Double?, now: Double) -> Double {
    guard let expiry else { return .infinity }
    return self == .absolute ? expiry : now + expiry
  }
}
