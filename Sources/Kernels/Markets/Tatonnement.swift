/// Walras' tatonnement: prices rise with excess demand and fall with excess supply (N38).
///
///     let path = Tatonnement().run(market, .cobbDouglas, from: [1, 1, 1])
///     path.outcome  // .converged, .cycling or .undecided
///
/// In each step `p_j <- p_j (1 + rate min(z_j, 1))` with the excess demand `z_j` relative to the supply;
/// so prices stay above 0. It converges where goods are gross substitutes and demand is smooth, as for
/// Cobb-Douglas and CES with `rho > 0`; linear buyers leap from good to good, and it cycles. O(pairs) a
/// step.
///
/// Source: Walras, 1874; Cole, Fleischer, "Fast-converging tatonnement algorithms for one-time and
/// ongoing market problems", STOC 2008.
public struct Tatonnement: Sendable, Equatable {
  /// What became of the prices.
  public enum Outcome: Sendable, Equatable {
    /// No price moved by more than the tolerance.
    case converged
    /// The prices returned to where they had been, or kept within bounds without settling.
    case cycling
    case undecided
  }

  /// A walk of the prices.
  public struct Path: Sendable, Equatable {
    /// The prices at each step, the first being the start.
    public let prices: [[Double]]
    /// The largest relative excess demand or supply at each step, of goods with a price above 1e-9 of
    /// the mean.
    public let excess: [Double]
    public let outcome: Outcome
    public var steps: Int { prices.count - 1 }
  }

  public var rate: Double
  public var tolerance: Double
  public var stepsMax: Int

  public init(rate: Double = 0.5, tolerance: Double = 1e-12, stepsMax: Int = 1000) {
    self.rate = rate
    self.tolerance = tolerance
    self.stepsMax = stepsMax
  }

  /// Walks from `start`, prices above 0.
  ///
  /// - Parameters:
  ///   - market: buyers with budgets, and supplies.
  ///   - utility: what the market's values mean.
  ///   - start: the first price of each good.
  /// - Returns: all prices on the way, and what became of them.
  public func run(
    _ market: FisherMarket, _ utility: MarketUtility, from start: [Double]
  ) -> Path {
    let demand = MarketDemand(market: market, utility: utility)
    var (prices, excess) = ([start], [Double]())
    var outcome = Outcome.undecided
    while true {
      let now = prices[prices.count - 1]
      let units = demand.units(at: now, budgets: market.budgets)
      let relative = zip(units, market.supplies).map { $0 / $1 - 1 }
      excess.append(largest(relative, at: now))
      guard prices.count <= stepsMax else { break }
      let next = zip(now, relative).map { $0 * (1 + rate * min($1, 1)) }
      prices.append(next)
      if zip(next, now).allSatisfy({ abs($0 - $1) <= tolerance * $1 }) {
        outcome = .converged
        break
      }
    }
    if outcome == .undecided && isCycling(excess) { outcome = .cycling }
    return Path(prices: prices, excess: excess, outcome: outcome)
  }

  private func largest(_ relative: [Double], at prices: [Double]) -> Double {
    let floor = 1e-9 * prices.reduce(0, +) / Double(prices.count)
    return zip(relative, prices).reduce(0) { $1.1 > floor ? max($0, abs($1.0)) : $0 }
  }

  /// Whether the excess of the last quarter is no smaller than that of the quarter before.
  private func isCycling(_ excess: [Double]) -> Bool {
    let quarter = excess.count / 4
    guard quarter > 0 else { return false }
    let last = excess.suffix(quarter).max() ?? 0
    let before = excess.dropLast(quarter).suffix(quarter).max() ?? 0
    return last > 0.5 * before && last > 1e-3
  }
}
