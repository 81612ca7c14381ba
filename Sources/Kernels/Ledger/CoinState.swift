/// Where a coin is.
public enum CoinState: UInt8, Sendable, CaseIterable {
  /// In the purse of its holder: one reference.
  case held
  /// Outside every purse, as a ``Coin``: one reference.
  case inTransit
  /// Without a reference, waiting for the reaper.
  case retired
  /// Destroyed.
  case reaped
}
