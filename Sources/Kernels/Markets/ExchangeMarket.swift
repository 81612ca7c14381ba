/// An Arrow-Debreu exchange market: traders own goods and buy for what these are worth.
///
///     let market = try ExchangeMarket(
///       values: [[0.5, 0.5], [0.25, 0.75]], endowments: [[1, 0], [0, 1]])
///     market.solve(.cobbDouglas).equilibrium.prices  // 2/3 and 4/3: p1 = 2 p0
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

  private let endowments: [[Double]]
  private let supplies: [Double]
  /// The market of all endowments, with budgets of 1 each.
  private let whole: FisherMarket

  /// - Parameters:
  ///   - values: `[trader][good]`, as a ``FisherMarket``'s.
  ///   - endowments: `[trader][good]`, units that each trader brings; some of every good.
  /// - Throws: ``MarketError`` for numbers that are no amounts, ragged rows, a good that nobody brings.
  public init(values: [[Double]], endowments: [[Double]]) throws(MarketError) {
    self.endowments = endowments
    let goodCount = values.first?.count ?? 0
    guard endowments.count == values.count else {
      throw .wrongCount(of: .endowments, expected: values.count, found: endowments.count)
    }
    for row in endowments where row.count != goodCount {
      throw .wrongCount(of: .endowments, expected: goodCount, found: row.count)
    }
    supplies = (0..<goodCount).map { good in endowments.reduce(0) { $0 + $1[good] } }
    for (trader, row) in endowments.enumerated() {
      for (good, units) in row.enumerated() where !(units >= 0 && units.isFinite) {
        throw .invalidEndowment(buyer: trader, good: good, value: units)
      }
    }
    whole = try FisherMarket(
      values: values, budgets: Array(repeating: 1, count: endowments.count), supplies: supplies)
  }

  /// What the outer loop came to.
  public struct Answer: Sendable {
    /// The Fisher market in which every trader's budget is what its endowment is worth.
    public let market: FisherMarket
    public let equilibrium: MarketEquilibrium
    /// The largest difference of a budget from the proceeds, over the largest budget, by round.
    public let residuals: [Double]
    /// Whether budgets ceased to change.
    public let isConverged: Bool
  }

  /// Prices and bundles at which every trader spends what its endowment is worth.
  ///
  /// - Parameters:
  ///   - utility: what the values mean.
  ///   - isCancelled: asked before each round; once true, what is known is returned.
  /// - Returns: the last round, converged or not.
  public func solve(
    _ utility: MarketUtility, isCancelled: () -> Bool = { false }
  ) -> Answer {
    let mean = Double(supplies.count) / supplies.reduce(0, +)
    var budgets = endowments.map { $0.reduce(0) { $0 + $1 * mean } }
    var residuals: [Double] = []
    while true {
      let market = whole.withBudgets(budgets)
      let equilibrium = MarketSolver().solve(market, utility, isCancelled: isCancelled)
      let proceeds = endowments.map { row in
        zip(row, equilibrium.prices).reduce(0) { $0 + $1.0 * $1.1 }
      }
      let change = zip(proceeds, budgets).reduce(0) { max($0, abs($1.0 - $1.1)) }
      residuals.append(change / (budgets.max() ?? 1))
      let isConverged = change <= Self.tolerance * (budgets.max() ?? 1)
      guard !isConverged && residuals.count < Self.roundsMax && !isCancelled() else {
        return Answer(
          market: market, equilibrium: equilibrium, residuals: residuals, isConverged: isConverged)
      }
      budgets = zip(proceeds, budgets).map { ($0 + $1) / 2 }
    }
  }
}
