/// When a message that was delivered counts as done (STOMP 1.2, SUBSCRIBE, header `ack`).
public enum AcknowledgementMode: String, CaseIterable, Sendable, BitwiseCopyable {
  /// When it is sent; what a consumer has not read when it dies is lost.
  case auto
  /// When it, or a later one of the same subscription, is acknowledged (cumulative).
  case client
  /// When it is acknowledged itself.
  case individual
}
