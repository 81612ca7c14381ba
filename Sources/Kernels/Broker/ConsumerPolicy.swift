/// How a consumer subscribes.
public struct ConsumerPolicy: Sendable, Equatable, BitwiseCopyable {
  public var mode: AcknowledgementMode
  /// The prefetch window: messages in hand, at least 1; does not bind in mode `auto`.
  public var window: Int
  public var selector: MessageSelector

  public init(
    mode: AcknowledgementMode = .individual, window: Int = 1, selector: MessageSelector = .all
  ) {
    self.mode = mode
    self.window = window
    self.selector = selector
  }
}
