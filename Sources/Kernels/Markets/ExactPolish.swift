/// Turns a good approximation of a market's equilibrium into the equilibrium itself.
///
///     let rough = ProportionalResponse(gapMax: 1e-4, polish: nil).solve(market)
///     let exact = ExactPolish().polish(rough, of: market) ?? rough
///
/// The pairs that carry money at an equilibrium can be taken to be a forest, and a forest leaves no
/// choice: prices follow from equal bang per buck along its trees, bids from eliminating leaves.
/// So the polish guesses the forest from the spending, and repairs it: it bans pairs with a negative
/// bid and forces pairs that offer more bang per buck than the support does. Where goods tie and
/// this forest cannot carry the money, `TiedMoney` looks for other paths at the same prices.
/// An answer has bids of at least 0 and no better pair, which proves it; only rounding is left,
/// about 1e-15 a price. The same steps in rational arithmetic are a proof.
///
/// A round sorts the support: near O(pairs). An iterate that is too far away is refused.
public struct ExactPolish: Sendable, Equatable {
  /// Rounds of repair after which the polish refuses.
  public var roundsMax: Int
  /// Rounds without fewer faults after which the iterate is taken to be too far away: far from the
  /// equilibrium the repairs breed faults, near it they end within two or three rounds.
  public var patience: Int

  public init(roundsMax: Int = 12, patience: Int = 3) {
    self.roundsMax = roundsMax
    self.patience = patience
  }

  /// The equilibrium near `answer`, or nil where the polish refuses.
  ///
  /// - Parameters:
  ///   - answer: prices above 0 and spending for the same market, by whatever method.
  ///   - market: the market that it answers.
  /// - Returns: prices and bundles that are exact up to rounding, or nil.
  public func polish(_ answer: MarketEquilibrium, of market: FisherMarket) -> MarketEquilibrium? {
    let normalised = NormalisedMarket(market)
    let iterate = MarketIterate(answer, of: normalised, in: market)
    guard let exact = equilibrium(near: iterate, in: normalised) else { return nil }
    return MarketEquilibrium(
      exact, of: normalised, in: market, sweeps: answer.sweeps, steps: answer.steps,
      innerSteps: answer.innerSteps, history: answer.history, status: .exact)
  }

  /// The equilibrium near `iterate`, or nil where the polish refuses.
  ///
  /// - Parameters:
  ///   - iterate: prices above 0 and shares near the equilibrium.
  ///   - market: the market that they are of.
  ///   - pinned: a good whose price is known and which takes any money that comes to it, or none.
  /// - Returns: prices and shares that are exact up to rounding, or nil.
  func equilibrium(
    near iterate: MarketIterate, in market: NormalisedMarket, pinned: PinnedPrice? = nil
  ) -> MarketIterate? {
    let vertexCount = market.buyerCount + market.goodCount
    var support = MarketSupport(iterate, in: market)
    var forest = SupportForest(vertexCount: vertexCount)
    let found = ForestPrices(vertexCount: vertexCount)
    var fewestFaults = Int.max
    var patience = patience
    for _ in 0..<roundsMax {
      support.grow(&forest, in: market, pinned: pinned)
      forest.solve(market, pinned: pinned, into: found)
      let faults = support.faults(forest, found, in: market)
      let residual = forest.residual(found, pinned: pinned, in: market)
      if faults.better.isEmpty, residual <= Self.residualMax {
        var money = TiedMoney(found, on: forest, buyerOf: support.buyerOf.view, in: market)
        if money.reroute(faults.negative, in: market) { return money.iterate(in: market) }
      }
      patience -= faults.count < fewestFaults ? 0 : 1
      guard patience > 0 else { return nil }
      fewestFaults = min(fewestFaults, faults.count)
      support.repair(faults)
    }
    return nil
  }

  /// Money that rounding may leave at a root, relative to its budget.
  private static let residualMax = 1e-10
}

extension MarketIterate {
  /// An answer in the market's own units, brought to those of the solvers.
  init(_ answer: MarketEquilibrium, of normalised: NormalisedMarket, in market: FisherMarket) {
    prices = normalised.originalGood.map { good in
      answer.prices[good] * market.supplies[good] / normalised.moneyUnit
    }
    shares = Array(repeating: 0, count: normalised.pairCount)
    for buyer in 0..<normalised.buyerCount {
      let row = normalised.pairs(of: buyer)
      let spent = row.reduce(0) { $0 + answer.spending[Int(normalised.originalPair[$1])] }
      for pair in row {
        shares[pair] = answer.spending[Int(normalised.originalPair[pair])] / spent
      }
    }
  }
}
