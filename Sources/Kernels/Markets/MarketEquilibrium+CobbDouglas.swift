extension MarketEquilibrium {
  /// The closed form: each buyer spends the part `a` of its budget on a good.
  ///
  ///     p_j = sum_i B_i a_ij / s_j,   x_ij = a_ij B_i / p_j
  init(ofCobbDouglas market: FisherMarket) {
    var prices = Array(repeating: 0.0, count: market.goodCount)
    var spending = Array(repeating: 0.0, count: market.pairCount)
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      let largest = row.reduce(0) { max($0, market.values[$1]) }
      guard largest > 0 else { continue }
      let sum = row.reduce(0) { $0 + market.values[$1] / largest }
      for pair in row {
        spending[pair] = market.budgets[buyer] * (market.values[pair] / largest / sum)
        prices[Int(market.goods[pair])] += spending[pair]
      }
    }
    self.init(of: market, worths: prices, spending: spending, .cobbDouglas, status: .exact)
  }

  /// An answer from the money that whole supplies are worth and that pairs carry.
  init(
    of market: FisherMarket, worths: [Double], spending: [Double], _ utility: MarketUtility,
    steps: Int = 0, innerSteps: Int = 0, history: [GapCheckpoint] = [], gap: Double = 0,
    status: Status
  ) {
    let prices = zip(worths, market.supplies).map { $0 / $1 }
    let allocations = spending.indices.map { pair in
      let good = Int(market.goods[pair])
      return spending[pair] == 0 ? 0 : spending[pair] / worths[good] * market.supplies[good]
    }
    self.init(
      prices: prices, spending: spending, allocations: allocations,
      utilities: market.utilities(of: allocations, at: prices, utility), sweeps: 0, steps: steps,
      innerSteps: innerSteps, history: history, gap: gap, status: status)
  }
}
