/// A message as its publisher hands it over.
public struct OutgoingMessage: Sendable, Equatable, BitwiseCopyable {
  /// The publisher's own number for it, given back with every delivery and loss.
  public var number: UInt64
  public var type: UInt16
  /// From 0 to 9, the higher the sooner.
  public var priority: UInt8
  public var isPersistent: Bool
  /// In seconds, a moment or a time to live by the profile's `ExpiryRule`; nil for never.
  public var expiry: Double?

  public init(
    _ number: UInt64, type: UInt16 = 0, priority: UInt8 = 4, isPersistent: Bool = true,
    expiry: Double? = nil
  ) {
    self.number = number
    self.type = type
    self.priority = priority
    self.isPersistent = isPersistent
    self.expiry = expiry
  }
}
