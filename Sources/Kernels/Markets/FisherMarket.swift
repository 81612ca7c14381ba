/// A linear Fisher market: buyers with budgets, goods with supplies, and a value per unit for each
/// wanted pair.
///
///     let market = try FisherMarket(values: [[2, 1], [1, 0]], budgets: [1, 1])
///     let answer = ProportionalResponse().solve(market)
///     answer.prices  // 4/3, 2/3
///
/// Pairs are stored by buyer in compressed rows: buyer `i` has the pairs
/// `offsets[i] ..< offsets[i + 1]`, and pair `e` is the good `goods[e]` at `values[e]` per unit.
/// Values and budgets are finite and at least 0, supplies finite and above 0. A pair of value 0 is
/// not wanted; a buyer without money or wants buys nothing.
public struct FisherMarket: Sendable, Equatable {
  /// Where each buyer's pairs begin; one more entry than there are buyers.
  public let offsets: [Int]
  /// The good of each pair.
  public let goods: [Int32]
  /// Utility per unit of the good, of each pair.
  public let values: [Double]
  /// Money of each buyer.
  public let budgets: [Double]
  /// Units of each good.
  public let supplies: [Double]

  public var buyerCount: Int { budgets.count }
  public var goodCount: Int { supplies.count }
  public var pairCount: Int { goods.count }

  /// The pairs of one buyer.
  public func pairs(of buyer: Int) -> Range<Int> { offsets[buyer]..<offsets[buyer + 1] }

  /// A market from compressed rows; O(pairs).
  ///
  /// - Throws: the first ``MarketError`` in the order budgets, supplies, offsets, pairs.
  public init(
    offsets: [Int], goods: [Int32], values: [Double], budgets: [Double], supplies: [Double]
  ) throws(MarketError) {
    self.offsets = offsets
    self.goods = goods
    self.values = values
    self.budgets = budgets
    self.supplies = supplies
    try validate()
  }

  /// A part of a valid market, or one changed in a way that keeps it valid.
  init(
    part offsets: [Int], goods: [Int32], values: [Double], budgets: [Double], supplies: [Double]
  ) {
    self.offsets = offsets
    self.goods = goods
    self.values = values
    self.budgets = budgets
    self.supplies = supplies
  }

  /// A market from a matrix `values[buyer][good]`, whose zeros do not become pairs.
  ///
  /// - Parameters:
  ///   - rows: utility per unit, one row per buyer.
  ///   - budgets: money of each buyer.
  ///   - supplies: units of each good; 1 of each where absent.
  /// - Throws: ``MarketError`` for ragged rows, wrong counts and invalid numbers.
  public init(
    values rows: [[Double]], budgets: [Double], supplies: [Double]? = nil
  ) throws(MarketError) {
    guard let first = rows.first else { throw .noBuyers }
    var offsets = [0]
    var goods: [Int32] = []
    var values: [Double] = []
    for (buyer, row) in rows.enumerated() {
      guard row.count == first.count else {
        throw .wrongRowLength(buyer: buyer, expected: first.count, found: row.count)
      }
      for (good, value) in row.enumerated() where value != 0 {
        goods.append(Int32(good))
        values.append(value)
      }
      offsets.append(goods.count)
    }
    guard budgets.count == rows.count else {
      throw .wrongCount(of: .budgets, expected: rows.count, found: budgets.count)
    }
    if let supplies, supplies.count != first.count {
      throw .wrongCount(of: .supplies, expected: first.count, found: supplies.count)
    }
    try self.init(
      offsets: offsets, goods: goods, values: values, budgets: budgets,
      supplies: supplies ?? Array(repeating: 1, count: first.count))
  }

  /// Figures per pair as a matrix `[buyer][good]`, 0 where there is no pair.
  public func matrix(_ perPair: [Double]) -> [[Double]] {
    (0..<buyerCount).map { buyer in
      var row = Array(repeating: 0.0, count: goodCount)
      for pair in pairs(of: buyer) { row[Int(goods[pair])] = perPair[pair] }
      return row
    }
  }

  /// The same wants with other budgets, one of at least 0 for each buyer.
  public func withBudgets(_ budgets: [Double]) -> FisherMarket {
    precondition(budgets.count == buyerCount && budgets.allSatisfy { $0 >= 0 && $0.isFinite })
    return FisherMarket(
      part: offsets, goods: goods, values: values, budgets: budgets, supplies: supplies)
  }
}
