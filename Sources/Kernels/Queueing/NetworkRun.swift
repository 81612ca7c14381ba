/// How long a network runs and which of its messages count.
public struct NetworkRun: Sendable, Equatable {
  /// Messages (rounds of a closed network) before the first that counts.
  public var warmup: Int
  /// Messages that count.
  public var customers: Int
  /// Whether sources go on until the last message that counts has left.
  ///
  /// Else they stop with it, and the last messages find an emptying network.
  public var isSteady: Bool

  public init(warmup: Int = 0, customers: Int, isSteady: Bool = false) {
    precondition(warmup >= 0 && customers >= 0, "counts are not negative")
    self.warmup = warmup
    self.customers = customers
    self.isSteady = isSteady
  }
}
