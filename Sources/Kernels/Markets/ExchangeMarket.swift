/// An Arrow-Debreu exchange market: traders own goods and buy for what these are worth.
///
///     let market = try ExchangeMarket(
///       values: [[0.5, 0.5], [0.25, 0.75]], endowments: [[1, 0], [0, 1]])
///     let answer = market.solve(.cobbDouglas)  // prices 2/3 and 4/3: p1 = 2 p0
///
/// The outer loop sells all endowments at the prices of a Fisher market and makes the proceeds the
/// next budgets, half of the way at a time: `B_i <- (B_i + p . e_i) / 2`, until they no longer change.
/// It converges for gross substitutes whose traders are connected; where it does not, the status says
/// so. Prices have mean 1 per unit of supply, as only their ratios matter.
///
/// Source: Arrow, Debreu, Econometrica 1954; the outer fixed point as in PDHCG-fisher, 2025.
public struct ExchangeMarket: Sendable {
  private static let roundsMax = 2000
  private static let tolerance = 1e-13

  private let values: [[Double]]
  private let endowments: [[Double]]
  private let supplies: [Double]

  /// - Parameters:
  ///   - values: `[trader][good]`, as a ``FisherMarket``'s.
  ///   - endowments: `[trader][good]`, units that each trader brings; some of every good.
  /// - Throws: ``MarketError`` for numbers that are no amounts, ragged rows, a good that nobody brings.
  public init(values: [[Double]], endowments: [[Double]]) throws(MarketError) {
    self.values = values
    self.endowments = endowments
    let goodCount = values.first?.count ?? 0
    for (trader, row) in endowments.enumerated() where row.count != goodCount {
      throw .wrongRowLength(buyer: trader, expected: goodCount, found: row.count)
    }
    supplies = (0..<goodCount).map { good in endowments.reduce(0) { $0 + $1[good] } }
    for (trader, row) in endowments.enumerated() {
      for (good, units) in row.enumerated() where !(units >= 0 && units.isFinite) {
        throw .invalidValue(buyer: trader, good: good, value: units)
      }
    }
    _ = try market(budgets: Array(repeating: 1, count: endowments.count))
  }

  private func market(budgets: [Double]) throws(MarketError) -> FisherMarket {
    try FisherMarket(values: values, budgets: budgets, supplies: supplies)
  }

  /// Prices and bundles at which every trader spends what its endowment is worth.
  public func solve(
    _ utility: MarketUtility, isCancelled: () -> Bool = { false }
  ) -> (market: FisherMarket, answer: MarketEquilibrium)? {
    let mean = Double(supplies.count) / supplies.reduce(0, +)
    var budgets = endowments.map { $0.reduce(0) { $0 + $1 * mean } }
    var last: (FisherMarket, MarketEquilibrium)?
    for _ in 0..<Self.roundsMax where !isCancelled() {
      guard let market = try? market(budgets: budgets) else { return nil }
      let answer = MarketSolver().solve(market, utility, isCancelled: isCancelled)
      last = (market, answer)
      let proceeds = endowments.map { row in
        zip(row, answer.prices).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let change = zip(proceeds, budgets).reduce(0) { max($0, abs($1.0 - $1.1)) }
      if change <= Self.tolerance * (budgets.max() ?? 1) { return last }
      budgets = zip(proceeds, budgets).map { ($0 + $1) / 2 }
    }
    return nil
  }
}
