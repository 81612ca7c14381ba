/// What is wrong with a market or with an answer to it, as facts.
public enum MarketError: Error, Equatable, Sendable {
  case noBuyers
  case noGoods
  /// A column has another length than the market asks for.
  case wrongCount(of: Column, expected: Int, found: Int)
  /// A dense row has another number of goods than the first row.
  case wrongRowLength(buyer: Int, expected: Int, found: Int)
  /// The offsets do not begin at 0, fall, or end elsewhere than at the number of pairs.
  case wrongOffset(buyer: Int, offset: Int)
  case unknownGood(buyer: Int, good: Int)
  case repeatedGood(buyer: Int, good: Int)
  /// A value is NaN, infinite or negative.
  case invalidValue(buyer: Int, good: Int, value: Double)
  /// A budget is NaN, infinite or negative.
  case invalidBudget(buyer: Int, value: Double)
  /// A supply is NaN, infinite, zero or negative.
  case invalidSupply(good: Int, value: Double)
  /// An endowment is NaN, infinite or negative.
  case invalidEndowment(buyer: Int, good: Int, value: Double)
  /// A bid is NaN or infinite.
  case invalidBid(buyer: Int, value: Double)
  /// An ask is NaN or infinite.
  case invalidAsk(seller: Int, value: Double)

  /// The columns whose lengths are checked.
  public enum Column: String, Sendable {
    case budgets, supplies, offsets, values, prices, allocations, endowments
  }
}

extension MarketError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noBuyers: "the market has no buyers"
    case .noGoods: "the market has no goods"
    case .wrongCount(let column, let expected, let found):
      "\(column.rawValue) has \(found) entries where \(expected) are needed"
    case .wrongRowLength(let buyer, let expected, let found):
      "the row of buyer \(buyer) has \(found) values where \(expected) are needed"
    case .wrongOffset(let buyer, let offset):
      "the offset \(offset) of buyer \(buyer) is out of order"
    case .unknownGood(let buyer, let good):
      "buyer \(buyer) wants good \(good), which does not exist"
    case .repeatedGood(let buyer, let good): "buyer \(buyer) lists good \(good) twice"
    case .invalidValue(let buyer, let good, let value):
      "buyer \(buyer) values good \(good) at \(value)"
    case .invalidBudget(let buyer, let value): "the budget of buyer \(buyer) is \(value)"
    case .invalidSupply(let good, let value): "the supply of good \(good) is \(value)"
    case .invalidEndowment(let buyer, let good, let value):
      "buyer \(buyer) brings \(value) of good \(good)"
    case .invalidBid(let buyer, let value): "the bid of buyer \(buyer) is \(value)"
    case .invalidAsk(let seller, let value): "the ask of seller \(seller) is \(value)"
    }
  }
}
