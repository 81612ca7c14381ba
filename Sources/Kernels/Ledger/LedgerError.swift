/// What a mint or a ledger cannot do, as facts; it has changed nothing when it throws one.
public enum LedgerError: Error, Equatable, Sendable {
  case noDenominations
  /// A denomination is not above 0, or comes twice.
  case invalidDenomination(Int64)
  case unknownDenomination(Int64)
  case invalidNodeCount(Int)
  case unknownNode(Int)
  case invalidAmount(Int64)
  /// A node would pay itself.
  case sameNode(Int)
  /// More money would circulate than the mint allows.
  case circulationLimit(Int64)
  /// The sum of all money ever minted would leave the 64 bits in which it is counted.
  case mintedOverflow
}

extension LedgerError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noDenominations: "the mint has no denominations"
    case .invalidDenomination(let value): "\(value) cannot be a denomination of this mint"
    case .unknownDenomination(let value): "\(value) is not a denomination of this mint"
    case .invalidNodeCount(let count): "a ledger cannot have \(count) nodes"
    case .unknownNode(let node): "node \(node) does not exist"
    case .invalidAmount(let amount): "\(amount) cannot be paid"
    case .sameNode(let node): "node \(node) would pay itself"
    case .circulationLimit(let limit): "more than \(limit) would circulate"
    case .mintedOverflow: "the sum of all money ever minted would exceed 64 bits"
    }
  }
}
