/// Why a ledger refused a claim or a coin, and changed nothing.
public enum MoveRefusal: Sendable, Equatable {
  case unknownCoin(Int)
  case unknownNode(Int)
  /// Buyer and seller are the same node.
  case sameNode(Int)
  /// The claim is not true, or no longer: a double spend.
  case spent(holder: Int, seq: UInt32)
  /// The coin is in no purse: a double spend of a coin in transit, retired or destroyed.
  case notInPurse(CoinState)
  /// The coin belongs to another ledger.
  case foreignCoin

  public var isDoubleSpend: Bool {
    switch self {
    case .spent, .notInPurse: true
    case .unknownCoin, .unknownNode, .sameNode, .foreignCoin: false
    }
  }
}
