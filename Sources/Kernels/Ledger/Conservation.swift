/// Where all the money is: what was minted is held, in transit, retired or reaped.
///
/// A line of every report; ``difference`` must be 0.
public struct Conservation: Sendable, Equatable {
  /// A number of coins and the sum of their denominations.
  public struct Amount: Sendable, Equatable {
    public var coins: Int
    public var value: Int64

    public init(coins: Int = 0, value: Int64 = 0) {
      self.coins = coins
      self.value = value
    }

    static func + (a: Amount, b: Amount) -> Amount {
      Amount(coins: a.coins + b.coins, value: a.value + b.value)
    }

    static func - (a: Amount, b: Amount) -> Amount {
      Amount(coins: a.coins - b.coins, value: a.value - b.value)
    }
  }

  /// All coins ever minted.
  public var minted = Amount()
  /// Coins in purses.
  public var held = Amount()
  /// Coins outside every purse that somebody still has.
  public var inTransit = Amount()
  /// Coins without a reference that wait for the reaper.
  public var retired = Amount()
  /// Destroyed coins.
  public var reaped = Amount()

  public init() {}

  /// What was minted and is nowhere, or is somewhere and was never minted.
  public var difference: Amount { minted - (held + inTransit + retired + reaped) }

  /// The amount of coins in one state.
  subscript(state: CoinState) -> Amount {
    get {
      switch state {
      case .held: held
      case .inTransit: inTransit
      case .retired: retired
      case .reaped: reaped
      }
    }
    set {
      switch state {
      case .held: held = newValue
      case .inTransit: inTransit = newValue
      case .retired: retired = newValue
      case .reaped: reaped = newValue
      }
    }
  }
}
