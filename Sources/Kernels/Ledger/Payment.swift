/// What a payment came to.
public struct Payment: Sendable, Equatable {
  /// The coins that moved, largest first.
  public var coins: [Int]
  /// The sum of their denominations.
  public var paid: Int64
  /// What the buyer's coins could not make up.
  public var unpaid: Int64

  public init(coins: [Int] = [], paid: Int64 = 0, unpaid: Int64 = 0) {
    self.coins = coins
    self.paid = paid
    self.unpaid = unpaid
  }
}
