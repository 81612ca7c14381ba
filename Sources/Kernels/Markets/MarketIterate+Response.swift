extension MarketIterate {
  /// A share below this is dropped to 0, before it turns into a slow subnormal number.
  private static let shareMin = 1e-290

  /// Every buyer bids on its wanted goods in proportion to their values.
  init(proportionalTo market: NormalisedMarket) {
    shares = market.values
    prices = Array(repeating: 0, count: market.goodCount)
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      let total = row.reduce(0) { $0 + market.values[$1] }
      for pair in row {
        shares[pair] /= total
        prices[Int(market.goods[pair])] += market.budgets[buyer] * shares[pair]
      }
    }
  }

  /// One sweep of proportional response: each buyer divides its budget in proportion to the
  /// utility that each good has just given, and the prices become the sums of the bids.
  ///
  ///     w_e = v_e s_e / p_j,   s_e = w_e / sum_e w_e,   p_j = sum_i B_i s_e
  ///
  /// Two passes over the pairs, the second over a row that is still in the cache; no allocation.
  ///
  /// - Parameters:
  ///   - market: the market of this iterate.
  ///   - inverse: room for 1 / p_j, one entry per good.
  mutating func respond(in market: borrowing NormalisedMarket, inverse: inout [Double]) {
    for good in prices.indices {
      inverse[good] = prices[good] > 0 ? 1 / prices[good] : 0
      prices[good] = 0
    }
    Self.bid(&shares, into: &prices, inverse: inverse.span, in: market)
  }

  /// Renews every buyer's shares and sums the bids into `prices`, which come in as zeros.
  private static func bid(
    _ shares: inout [Double], into prices: inout [Double], inverse: Span<Double>,
    in market: borrowing NormalisedMarket
  ) {
    let (offsets, goods) = (market.offsets.span, market.goods.span)
    let (values, budgets) = (market.values.span, market.budgets.span)
    var shares = shares.mutableSpan
    var prices = prices.mutableSpan
    for buyer in budgets.indices {
      let row = unsafe offsets[unchecked: buyer]..<offsets[unchecked: buyer + 1]
      var utility = 0.0
      for pair in row {
        let good = unsafe Int(goods[unchecked: pair])
        let gain = unsafe values[unchecked: pair] * shares[unchecked: pair]
        let part = unsafe gain * inverse[unchecked: good]
        unsafe shares[unchecked: pair] = part
        utility += part
      }
      let scale = 1 / utility
      for pair in row {
        let share = unsafe shares[unchecked: pair] * scale
        let kept = share < shareMin ? 0 : share
        unsafe shares[unchecked: pair] = kept
        unsafe prices[unchecked: Int(goods[unchecked: pair])] += budgets[unchecked: buyer] * kept
      }
    }
  }
}
