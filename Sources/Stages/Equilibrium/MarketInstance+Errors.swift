import Kernels
import Pipeline

extension MarketInstance {
  /// Refuses `supply`: as supplies may be absent, passing over it would change the market.
  static func checkSupplyName(isSupply: Bool, _ name: String) throws(DataError) {
    guard !isSupply else {
      throw DataError(name, at: "supply", expected: "the name 'supplies'", found: "'supply'")
    }
  }

  /// The budgets of a file; traders who bring goods may do without.
  static func budgets(
    _ budgets: [Double]?, _ endowments: [[Double]]?, _ name: String
  ) throws(DataError) -> [Double] {
    if let budgets { return budgets }
    guard let endowments else {
      throw DataError(name, at: "budgets", expected: "a value for it", found: "none")
    }
    return endowments.map { _ in 1 }
  }

  /// Utilities come as one matrix or as three columns, never both.
  static func checkForm(isDense: Bool, compressed: [Bool], _ name: String) throws(DataError) {
    let isWhole = isDense ? !compressed.contains(true) : !compressed.contains(false)
    guard isWhole else {
      throw DataError(
        name, at: "utilities",
        expected: "'utilities', or all of utilities_indptr, utilities_indices, utilities_data",
        found: isDense ? "both forms" : compressed.contains(true) ? "a part of them" : "none")
    }
  }
}

extension DataError {
  /// What is wrong with a market, in the words of its file.
  init(_ error: MarketError, in file: String) {
    let amount = "a finite number of at least 0"
    switch error {
    case .noBuyers:
      self.init(file, at: "budgets", expected: "at least one buyer", found: "none")
    case .noGoods:
      self.init(file, at: "utilities", expected: "at least one good", found: "none")
    case .wrongCount(let column, let expected, let found):
      self.init(file, at: Self.name(column), expected: "\(expected) entries", found: "\(found)")
    case .wrongRowLength(let buyer, let expected, let found):
      self.init(
        file, at: "utilities, buyer \(buyer)", expected: "\(expected) values as for buyer 0",
        found: "\(found)")
    case .wrongOffset(let buyer, let offset):
      self.init(
        file, at: "utilities_indptr, entry \(buyer)",
        expected: "bounds that start at 0, never fall and end at the number of pairs",
        found: "\(offset)")
    case .unknownGood(let buyer, let good):
      self.init(
        file, at: "utilities, buyer \(buyer)", expected: "goods of the market",
        found: "good \(good)")
    case .repeatedGood(let buyer, let good):
      self.init(
        file, at: "utilities, buyer \(buyer)", expected: "each good once",
        found: "good \(good) twice")
    case .invalidValue(let buyer, let good, let value):
      self.init(
        file, at: "utilities, buyer \(buyer), good \(good)", expected: amount, found: "\(value)")
    case .invalidBudget(let buyer, let value):
      self.init(file, at: "budgets, buyer \(buyer)", expected: amount, found: "\(value)")
    case .invalidSupply(let good, let value):
      self.init(
        file, at: "supplies, good \(good)", expected: "a finite number above 0",
        found: "\(value)")
    case .invalidEndowment(let buyer, let good, let value):
      self.init(
        file, at: "endowments, buyer \(buyer), good \(good)", expected: amount,
        found: "\(value)")
    case .invalidBid, .invalidAsk:
      self.init(file, expected: "a Fisher market", found: "\(error)")
    }
  }

  private static func name(_ column: MarketError.Column) -> String {
    switch column {
    case .offsets: "utilities_indptr"
    case .values: "utilities_data"
    case .budgets, .supplies, .prices, .allocations, .endowments: column.rawValue
    }
  }
}
