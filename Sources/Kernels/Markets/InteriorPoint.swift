/// A primal-dual interior point for linear Fisher markets, ended by an exact polish.
///
///     let answer = InteriorPoint().solve(market)
///     answer.status  // .exact; .converged where the polish refused
///
/// In relative steps of the prices and of the buyers' prices of utility, a Newton step of the
/// Eisenberg-Gale program is one solve with a grounded bipartite Laplacian: see `GroundedLaplacian`
/// and `ConjugateGradients`. Mehrotra's predictor and corrector share its factor. Pairs that cannot
/// carry money any more are dropped on the way, and the answer is proved on all pairs by
/// `ExactPolish` and by its certified gap; where that fails, all pairs come in again.
///
/// 12 to 17 steps, 35 where utilities span twelve orders of magnitude; time about pairs^1.1.
/// Non-convergence is a status, never an error.
///
/// Source: Eisenberg, Gale, 1959; Ye, "A path to the Arrow-Debreu competitive market equilibrium",
/// Math. Programming 2008; Mehrotra, SIOPT 1992.
public struct InteriorPoint: Sendable, Equatable {
  /// The certified gap at which the iteration ends.
  public var gapMax: Double
  /// The largest budget or clearing residual at which the iteration ends.
  public var residualMax: Double
  /// The number of Newton steps after which the iteration ends anyway.
  public var stepsMax: Int
  /// Sweeps of proportional response before the first step.
  public var sweeps: Int
  /// The polish that is tried near the end and at every stop, or none.
  public var polish: ExactPolish?

  public init(
    gapMax: Double = 1e-9, residualMax: Double = 1e-9, stepsMax: Int = 100, sweeps: Int = 30,
    polish: ExactPolish? = ExactPolish(patience: 2)
  ) {
    self.gapMax = gapMax
    self.residualMax = residualMax
    self.stepsMax = stepsMax
    self.sweeps = sweeps
    self.polish = polish
  }

  /// Prices and bundles of `market`.
  ///
  /// - Parameters:
  ///   - market: a linear market.
  ///   - isCancelled: asked before each step; once true, the best iterate so far is returned.
  /// - Returns: prices and bundles in the market's units, with a status and the certified gap.
  public func solve(
    _ market: FisherMarket, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let normalised = NormalisedMarket(market)
    if let polish, normalised.budgetSpread > Self.budgetSpreadMax {
      let response = ProportionalResponse(gapMax: 0, sweepsMax: 1000, polish: polish)
      let answer = response.solve(market, isCancelled: isCancelled)
      if answer.status == .exact || answer.status == .cancelled { return answer }
    }
    let start = swept(normalised)
    guard !normalised.isEmpty else {
      return MarketEquilibrium(
        start, of: normalised, in: market, sweeps: 0, history: [], status: .exact)
    }
    return solve(market, normalised, from: start, isCancelled)
  }

  private func swept(_ market: NormalisedMarket) -> MarketIterate {
    let sweeper = ResponseSweeper(market)
    for _ in 0..<sweeps { sweeper.sweep() }
    return sweeper.iterate()
  }

  private func solve(
    _ market: FisherMarket, _ normalised: NormalisedMarket, from start: MarketIterate,
    _ isCancelled: () -> Bool
  ) -> MarketEquilibrium {
    var run = BarrierRun(normalised, from: start, settings: self)
    while run.status == nil {
      if isCancelled() { run.stop(.cancelled) } else { run.advance() }
    }
    return MarketEquilibrium(
      run.answer, of: normalised, in: market, sweeps: sweeps, steps: run.steps,
      innerSteps: run.innerSteps, history: run.history, status: run.status ?? .stalled)
  }

  /// Beyond this ratio of the budgets one barrier cannot serve all buyers, while proportional
  /// response, whose shares know no scale, soon names the support.
  private static let budgetSpreadMax = 1e8
}
