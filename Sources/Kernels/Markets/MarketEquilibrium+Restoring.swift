extension MarketEquilibrium {
  /// The answer of a solver in the units and order of `market`: undoes the normalisation.
  init(
    _ iterate: MarketIterate, of normalised: NormalisedMarket, in market: FisherMarket,
    sweeps: Int, steps: Int = 0, innerSteps: Int = 0, history: [GapCheckpoint],
    status: Status
  ) {
    var prices = Array(repeating: 0.0, count: market.goodCount)
    for (good, original) in normalised.originalGood.enumerated() {
      prices[original] = iterate.prices[good] * normalised.moneyUnit / market.supplies[original]
    }
    var spending = Array(repeating: 0.0, count: market.pairCount)
    var allocations = spending
    for buyer in 0..<normalised.buyerCount {
      for pair in normalised.pairs(of: buyer) {
        let original = Int(normalised.originalPair[pair])
        let good = Int(normalised.goods[pair])
        let bid = normalised.budgets[buyer] * iterate.shares[pair]
        spending[original] = bid * normalised.moneyUnit
        allocations[original] =
          bid == 0 ? 0 : bid / iterate.prices[good] * market.supplies[Int(market.goods[original])]
      }
    }
    self.init(
      prices: prices, spending: spending, allocations: allocations,
      utilities: market.utilities(of: allocations), sweeps: sweeps, steps: steps,
      innerSteps: innerSteps, history: history,
      gap: normalised.isEmpty ? 0 : iterate.certifiedGap(in: normalised), status: status)
  }
}
