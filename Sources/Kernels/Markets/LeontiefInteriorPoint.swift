/// A primal-dual interior point on the prices of Fisher markets with Leontief utilities.
///
///     let answer = LeontiefInteriorPoint().solve(market)
///
/// A buyer with budget `B` buys `u = B / (a . p)` bundles, and the prices minimise a convex function:
///
///     min sum_j s_j p_j - sum_i B_i log(a_i . p) over p >= 0;  z_j = s_j - sum_i a_ij u_i >= 0,  p z = 0
///
/// Its Hessian is `A' diag(u^2 / B) A`; a Newton step adds `z / p` to the diagonal, and is solved by
/// conjugate gradients with the diagonal as preconditioner. A good that is left over costs nothing.
/// Where goods are complements in the same proportion only the sum of their prices is determined.
///
/// Some 15 to 30 steps, O(pairs) per inner step. Non-convergence is a status, never an error.
///
/// Source: Codenotti, Varadarajan, "Efficient computation of equilibrium prices for markets with
/// Leontief utilities", ICALP 2004; Mehrotra, SIOPT 1992.
public struct LeontiefInteriorPoint: Sendable, Equatable {
  /// The largest part of a supply or of the mean price by which an optimality condition may fail.
  public var residualMax: Double
  /// The number of Newton steps after which the iteration ends anyway.
  public var stepsMax: Int

  public init(residualMax: Double = 1e-12, stepsMax: Int = 200) {
    self.residualMax = residualMax
    self.stepsMax = stepsMax
  }

  /// Prices and bundles of `market`, whose values are units per unit of utility.
  ///
  /// - Parameters:
  ///   - market: needs, budgets, supplies.
  ///   - isCancelled: asked before each step; once true, the iterate at hand is returned.
  /// - Returns: prices and smallest bundles in the market's units, with a status.
  public func solve(
    _ market: FisherMarket, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let normalised = NormalisedMarket(market)
    var run = LeontiefRun(normalised, of: market, settings: self)
    while run.status == nil {
      if isCancelled() { run.stop(.cancelled) } else { run.advance() }
    }
    let (prices, allocations) = run.answer(in: market)
    let spending = allocations.indices.map { prices[Int(market.goods[$0])] * allocations[$0] }
    return MarketEquilibrium(
      prices: prices, spending: spending, allocations: allocations,
      utilities: market.utilities(of: allocations, at: prices, .leontief), sweeps: 0,
      steps: run.steps, innerSteps: run.innerSteps, history: run.history, gap: run.residual,
      status: run.status ?? .stalled)
  }
}
