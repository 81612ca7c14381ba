/// A primal-dual interior point for linear Fisher markets, ended by an exact polish.
///
///     let answer = InteriorPoint().solve(market)
///     answer.status  // .exact; .converged where the polish refused
///
/// In relative steps of the prices and of the buyers' prices of utility, a Newton step of the
/// Eisenberg-Gale program is one solve with a grounded bipartite Laplacian: see `GroundedLaplacian`
/// and `ConjugateGradients`. Mehrotra's predictor and corrector share its factor. Pairs that cannot
/// carry money any more are dropped on the way, and the answer is proved on all pairs by
/// `ExactPolish` and by its certified gap; where that fails, all pairs come in again. Budgets that lie
/// very far apart, and the rare market on which the barrier stalls, are left to
/// ``ProportionalResponse``, whose shares know no scale.
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
    guard !normalised.isEmpty else {
      return MarketEquilibrium(
        MarketIterate(shares: [], prices: []), of: normalised, in: market, sweeps: 0,
        history: [], status: .exact)
    }
    let isUneven = polish != nil && normalised.budgetSpread > Self.budgetSpreadMax
    if isUneven, let exact = swept(market, sweepsMax: 1000, isCancelled) { return exact }
    let end = iterated(normalised, isCancelled)
    if isDoubtful(end, of: market, isUneven: isUneven) {
      let sweepsMax = min(1_000_000, Self.sweptPairsMax / max(1, market.pairCount))
      if let exact = swept(market, sweepsMax: sweepsMax, isCancelled) { return exact }
    }
    return MarketEquilibrium(
      end.iterate, of: normalised, in: market, sweeps: sweeps, steps: end.steps,
      innerSteps: end.innerSteps, history: end.history, status: end.status)
  }

  /// Whether the run stalled, or left small or uneven markets without a polish.
  private func isDoubtful(_ end: End, of market: FisherMarket, isUneven: Bool) -> Bool {
    guard polish != nil else { return false }
    let isHard = isUneven || market.pairCount <= Self.smallPairsMax
    return end.status == .stalled || end.status == .converged && isHard
  }

  /// The equilibrium by proportional response and its polish, where that finds it.
  private func swept(
    _ market: FisherMarket, sweepsMax: Int, _ isCancelled: () -> Bool
  ) -> MarketEquilibrium? {
    let response = ProportionalResponse(gapMax: -1, sweepsMax: sweepsMax, polish: polish)
    let answer = response.solve(market, isCancelled: isCancelled)
    return answer.status == .exact ? answer : nil
  }

  /// What is left of a run when its memory is given back.
  private struct End {
    let iterate: MarketIterate
    let status: MarketEquilibrium.Status
    let steps: Int
    let innerSteps: Int
    let history: [GapCheckpoint]
  }

  private func iterated(_ market: NormalisedMarket, _ isCancelled: () -> Bool) -> End {
    var run = BarrierRun(market, settings: self)
    while run.status == nil {
      if isCancelled() { run.stop(.cancelled) } else { run.advance() }
    }
    return End(
      iterate: run.answer ?? MarketIterate(shares: [], prices: []),
      status: run.status ?? .stalled, steps: run.steps, innerSteps: run.innerSteps,
      history: run.history)
  }

  /// Markets so small are swept for long before an answer counts that is not exact.
  private static let smallPairsMax = 1000
  /// Pairs that the sweeps of the last resort go through in all.
  static let sweptPairsMax = 200_000_000

  /// Beyond this ratio of the budgets one barrier cannot serve all buyers, while proportional
  /// response, whose shares know no scale, soon names the support.
  private static let budgetSpreadMax = 1e8
}
