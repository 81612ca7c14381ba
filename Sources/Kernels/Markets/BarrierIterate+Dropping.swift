extension BarrierIterate {
  /// Drops the pairs whose slack, as a part of the price, exceeds `slackMax` and that sell less than
  /// a tenth of it, but for those within twice the least slack of their buyer or good.
  ///
  /// What they sold is lost; the next step makes good for it. O(pairs).
  ///
  /// - Returns: whether enough could be dropped to be worth it; if not, nothing changed.
  mutating func drop(beyond slackMax: Double) -> Bool {
    let (goods, values, units, slacks) = (
      pairs.goods.view, pairs.values.view, units.view, slacks.view
    )
    let (prices, least, bar) = (prices.view, goodScratch.view, relativeSteps.view)
    renewLeastSlacks()
    for buyer in 0..<buyerCount { bar[buyer] = max(slackMax, 2 * bar[buyer]) }
    for good in 0..<goodCount { least[good] = max(slackMax, 2 * least[good]) }
    func isKept(_ buyer: Int, _ pair: Int) -> Bool {
      let good = goods[pair]
      let part = slacks[pair] / prices[good]
      return part <= max(bar[buyer], least[good]) || units[pair] > 0.1 * part
    }
    var left = 0
    for buyer in 0..<buyerCount {
      for pair in row(buyer) where isKept(buyer, pair) { left += 1 }
    }
    guard Double(left) <= Self.worthwhile * Double(pairCount) else { return false }
    pairs.compact(where: isKept) { old, new in
      units[new] = units[old]
      slacks[new] = slacks[old]
    }
    let utilities = utilities.view
    for buyer in 0..<buyerCount {
      var utility = 0.0
      for pair in row(buyer) { utility += values[pair] * units[pair] }
      utilities[buyer] = utility
    }
    renewSold()
    shrink()
    return true
  }

  /// The part of the pairs that may be left for dropping the others to pay.
  private static let worthwhile = 0.8

  /// The least `z / p` of each buyer and of each good.
  private func renewLeastSlacks() {
    let (goods, slacks, prices) = (pairs.goods.view, slacks.view, prices.view)
    let (ofGood, ofBuyer) = (goodScratch.view, relativeSteps.view)
    ofGood.fill(.infinity)
    for buyer in 0..<buyerCount {
      var least = Double.infinity
      for pair in row(buyer) {
        let part = slacks[pair] / prices[goods[pair]]
        least = min(least, part)
        if part < ofGood[goods[pair]] { ofGood[goods[pair]] = part }
      }
      ofBuyer[buyer] = least
    }
  }

  /// Takes all pairs of the market in again, at the prices and units of the iterate.
  ///
  /// Where a dropped pair had become the best, its buyer's price of utility falls until every slack
  /// is above 0 again; a pair that comes in sells what the barrier grants it.
  mutating func restore(from market: NormalisedMarket, barrier: Double) {
    let known = shares(in: market, asUnits: true)
    expand(to: market)
    let (goods, values, units) = (pairs.goods.view, pairs.values.view, units.view)
    let (prices, utilityPrices, utilities) = (prices.view, utilityPrices.view, utilities.view)
    for buyer in 0..<buyerCount {
      var highest = utilityPrices[buyer]
      for pair in row(buyer) { highest = min(highest, 0.999 * prices[goods[pair]] / values[pair]) }
      utilityPrices[buyer] = highest
      var utility = 0.0
      for pair in row(buyer) {
        let slack = prices[goods[pair]] - highest * values[pair]
        units[pair] = known[pair] > 0 ? known[pair] : min(barrier / slack, 1e-3)
        utility += values[pair] * units[pair]
      }
      utilities[buyer] = utility
    }
    renewSlacks()
    renewSold()
  }

  /// By pair of the market, the part of its buyer's money that it carries, or its units.
  func shares(in market: NormalisedMarket, asUnits: Bool = false) -> [Double] {
    let (goods, units, prices) = (pairs.goods.view, units.view, prices.view)
    var shares = Array(repeating: 0.0, count: market.pairCount)
    var output = shares.mutableSpan
    for buyer in 0..<buyerCount {
      let row = row(buyer)
      var money = 0.0
      for pair in row { money += prices[goods[pair]] * units[pair] }
      var place = market.offsets[buyer]
      for pair in row {
        while market.goods[place] != goods[pair] { place += 1 }
        output[place] = asUnits ? units[pair] : prices[goods[pair]] * units[pair] / money
        place += 1
      }
    }
    return shares
  }
}
