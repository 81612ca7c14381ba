/// Solves a Fisher market by the method that suits its utilities and the gap asked for.
///
///     let answer = MarketSolver(gapMax: 1e-10).solve(market, .ces(rho: 0.5))
///
/// Linear: ``ProportionalResponse`` for gaps of at least 1e-4, else ``InteriorPoint``.
/// Quasilinear: ``QuasilinearMarket``. CES: ``CESNewton``. Leontief: ``LeontiefInteriorPoint``.
/// Cobb-Douglas markets have a closed form. A market that falls into connected components is solved one
/// component after the other.
public struct MarketSolver: Sendable, Equatable {
  /// From this gap on sweeps are cheaper than Newton steps.
  private static let sweepsFrom = 1e-4

  /// The certified gap at which an iteration ends.
  public var gapMax: Double
  /// The number of sweeps of proportional response after which it ends anyway.
  public var sweepsMax: Int
  /// How many threads the sweeps may use; the answer does not depend on it.
  public var threads: Int

  public init(gapMax: Double = 1e-9, sweepsMax: Int = 20_000, threads: Int = 1) {
    self.gapMax = gapMax
    self.sweepsMax = sweepsMax
    self.threads = threads
  }

  /// Prices and bundles of `market`.
  ///
  /// - Parameters:
  ///   - market: buyers, goods and values.
  ///   - utility: what the values mean.
  ///   - isCancelled: asked before each step; once true, the iterate at hand is returned.
  /// - Returns: prices and bundles with a status; non-convergence is no error.
  public func solve(
    _ market: FisherMarket, _ utility: MarketUtility, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let components = MarketComponents(market)
    guard components.count > 1, utility != .cobbDouglas else {
      return solveWhole(market, utility, isCancelled)
    }
    let parts = components.parts()
    let answers = parts.map { solveWhole($0.market, utility, isCancelled) }
    return MarketEquilibrium(answers, of: parts, in: market, utility)
  }

  private func solveWhole(
    _ market: FisherMarket, _ utility: MarketUtility, _ isCancelled: () -> Bool
  ) -> MarketEquilibrium {
    switch utility {
    case .linear: solveLinear(market, isCancelled)
    case .quasilinear: QuasilinearMarket(gapMax: gapMax).solve(market, isCancelled: isCancelled)
    case .ces(let rho): CESNewton(rho: rho).solve(market, isCancelled: isCancelled)
    case .cobbDouglas: MarketEquilibrium(ofCobbDouglas: market)
    case .leontief: LeontiefInteriorPoint().solve(market, isCancelled: isCancelled)
    }
  }

  private func solveLinear(
    _ market: FisherMarket, _ isCancelled: () -> Bool
  ) -> MarketEquilibrium {
    guard gapMax < Self.sweepsFrom else {
      let response = ProportionalResponse(
        gapMax: gapMax, sweepsMax: sweepsMax, polish: polish(market), threads: threads)
      return response.solve(market, isCancelled: isCancelled)
    }
    return InteriorPoint(gapMax: gapMax).solve(market, isCancelled: isCancelled)
  }

  /// A polish after sweeps costs as much as several of them: worth it where they are cheap.
  private func polish(_ market: FisherMarket) -> ExactPolish? {
    market.pairCount <= Self.polishPairsMax ? ExactPolish() : nil
  }

  private static let polishPairsMax = 100_000
}
