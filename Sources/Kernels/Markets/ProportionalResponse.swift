/// Proportional response dynamics for linear Fisher markets, ended by an exact polish.
///
///     let answer = ProportionalResponse(gapMax: 1e-6).solve(market)
///     answer.status  // .exact, or .converged where the polish refused
///
/// In each sweep every buyer bids on its goods in proportion to the utility that they have just
/// given it. The gap falls like 1 / sweeps, about three times as fast with the longer steps of
/// `StepCycle`: the method of choice at gaps of 1e-4, which also names the support well enough for
/// ``ExactPolish`` to find the equilibrium to rounding.
///
/// A sweep costs O(pairs). Non-convergence is a status, never an error.
///
/// Source: Zhang, "Proportional response dynamics in the Fisher market", TCS 2011; Birnbaum,
/// Devanur, Xiao, "Distributed algorithms via gradient descent for Fisher markets", EC 2011.
public struct ProportionalResponse: Sendable, Equatable {
  /// The certified gap at which the iteration ends.
  public var gapMax: Double
  /// The number of sweeps after which the iteration ends anyway.
  public var sweepsMax: Int
  /// The polish that is tried at checkpoints and at every stop, or none.
  public var polish: ExactPolish?
  /// How many threads may sweep; the answer does not depend on it.
  public var threads: Int
  /// Whether sweeps take longer steps where the gap allows; without them each raises the objective of
  /// Shmyrev's program.
  public var isAccelerated: Bool

  public init(
    gapMax: Double = 1e-9, sweepsMax: Int = 20_000, polish: ExactPolish? = ExactPolish(),
    threads: Int = 1, isAccelerated: Bool = true
  ) {
    self.gapMax = gapMax
    self.sweepsMax = sweepsMax
    self.polish = polish
    self.threads = threads
    self.isAccelerated = isAccelerated
  }

  /// Prices and bundles of `market`.
  ///
  /// - Parameters:
  ///   - market: a linear market.
  ///   - isCancelled: asked before each sweep; once true, the iterate at hand is returned.
  /// - Returns: prices and bundles in the market's units, with a status and the certified gap.
  public func solve(
    _ market: FisherMarket, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let normalised = NormalisedMarket(market)
    var run = ResponseRun(normalised, settings: self)
    while run.status == nil {
      if isCancelled() { run.stop(.cancelled) } else { run.advance(in: normalised) }
    }
    return MarketEquilibrium(
      run.iterate, of: normalised, in: market, sweeps: run.sweeps, history: run.history,
      gap: run.gap, status: run.status ?? .sweepLimit, threads: threads)
  }
}
