extension MarketEquilibrium {
  /// The answer of a solver in the units and order of `market`: undoes the normalisation.
  ///
  /// Without the `gap` of the iterate, which its solver may know, it is computed. The answer does not
  /// depend on the number of `threads`.
  init(
    _ iterate: MarketIterate, of normalised: NormalisedMarket, in market: FisherMarket,
    sweeps: Int, steps: Int = 0, innerSteps: Int = 0, history: [GapCheckpoint],
    gap: Double? = nil, status: Status, threads: Int = 1
  ) {
    var prices = Array(repeating: 0.0, count: market.goodCount)
    for (good, original) in normalised.originalGood.enumerated() {
      prices[original] = iterate.prices[good] * normalised.moneyUnit / market.supplies[original]
    }
    var spending = Array(repeating: 0.0, count: market.pairCount)
    var allocations = spending
    unsafe spending.withUnsafeMutableBufferPointer { spending in
      unsafe allocations.withUnsafeMutableBufferPointer { allocations in
        let (spending, allocations) = unsafe (ColumnView(spending), ColumnView(allocations))
        _ = BuyerChunks.map(buyerCount: normalised.buyerCount, threads: threads) { buyers in
          for buyer in buyers {
            for pair in normalised.pairs(of: buyer) {
              let original = Int(normalised.originalPair[pair])
              let good = Int(normalised.goods[pair])
              let bid = normalised.budgets[buyer] * iterate.shares[pair]
              let supply = market.supplies[Int(market.goods[original])]
              spending[original] = bid * normalised.moneyUnit
              allocations[original] = bid == 0 ? 0 : bid / iterate.prices[good] * supply
            }
          }
        }
      }
    }
    self.init(
      prices: prices, spending: spending, allocations: allocations,
      utilities: market.utilities(of: allocations, threads: threads), sweeps: sweeps, steps: steps,
      innerSteps: innerSteps, history: history,
      gap: gap ?? (normalised.isEmpty ? 0 : iterate.certifiedGap(in: normalised)), status: status)
  }
}
