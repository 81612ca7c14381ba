/// What a node presents to spend a coin: which coin, whose, and after how many moves.
///
/// The ledger honours a claim only while all three are true, so a claim can be spent once.
public struct CoinClaim: Sendable, Equatable {
  /// The coin's slot in its ledger.
  public var coin: Int
  /// The node that says it holds the coin.
  public var holder: Int
  /// The number of the coin's last move.
  public var seq: UInt32

  public init(coin: Int, holder: Int, seq: UInt32) {
    self.coin = coin
    self.holder = holder
    self.seq = seq
  }
}
