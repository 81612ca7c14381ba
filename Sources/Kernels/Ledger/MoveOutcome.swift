/// The outcome of an atomic move.
public enum MoveOutcome: Sendable, Equatable {
  /// The buyer's count went from 1 to 0 and the seller's from 0 to 1; the seller's claim.
  case moved(CoinClaim)
  /// Nothing happened.
  case refused(MoveRefusal)
}

/// The outcome of taking a coin out of a purse.
public enum CheckOut: ~Copyable, Sendable {
  case coin(Coin)
  case refused(MoveRefusal)
}

/// The outcome of putting a coin into a purse: a refused coin comes back, it is not destroyed.
public enum Delivery: ~Copyable, Sendable {
  case delivered(CoinClaim)
  case bounced(Coin, MoveRefusal)
}
