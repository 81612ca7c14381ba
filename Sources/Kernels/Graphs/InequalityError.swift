/// What is wrong with amounts whose inequality was asked for.
public enum InequalityError: Error, Sendable, Equatable {
  /// An amount is below zero.
  case negativeAmount(index: Int, amount: Int64)
  /// The sum of the amounts reaches 2^63 at this index.
  case totalTooLarge(index: Int)
}

extension InequalityError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .negativeAmount(let index, let amount): "amount \(index) is negative: \(amount)"
    case .totalTooLarge(let index): "the sum of the amounts reaches 2^63 at index \(index)"
    }
  }
}
