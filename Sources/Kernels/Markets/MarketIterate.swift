import Foundation

/// A state of a solver: prices, and how each buyer divides its budget among its pairs.
///
/// Shares, not amounts of money, so that a buyer's size never matters to its own rounding.
struct MarketIterate: Sendable {
  /// The part of the buyer's budget that goes to each pair; each buyer's sum to 1.
  var shares: [Double]
  /// Price of each good, with mean 1.
  var prices: [Double]
}

extension MarketIterate {
  /// The certified gap: a bound on the loss of the mean log utility, free of scale; O(pairs).
  ///
  ///     p' = p m / sum p,  x' = x scaled down on oversold goods,  beta' = min over wanted of p' / v
  ///     gap = (1/m) sum_i B_i log(B_i / (beta'_i u'_i)) >= 0
  ///
  /// With money in shares the budget cancels inside the logarithm. Rounding may leave -1e-16.
  func certifiedGap(in market: NormalisedMarket) -> Double {
    let scale = Double(market.goodCount) / prices.reduce(0, +)
    let oversold = soldUnits(in: market).map { max(1, $0) }
    var gap = 0.0
    for buyer in 0..<market.buyerCount {
      var utility = 0.0
      var leastPrice = Double.infinity
      for pair in market.pairs(of: buyer) {
        let good = Int(market.goods[pair])
        let value = market.values[pair]
        utility += value * shares[pair] / (prices[good] * oversold[good])
        leastPrice = min(leastPrice, prices[good] / value)
      }
      gap -= market.budgets[buyer] * log(leastPrice * scale * utility)
    }
    return gap / Double(market.goodCount)
  }

  /// The part of each good's supply that the shares buy.
  private func soldUnits(in market: NormalisedMarket) -> [Double] {
    var sold = Array(repeating: 0.0, count: market.goodCount)
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) {
        let good = Int(market.goods[pair])
        sold[good] += market.budgets[buyer] * shares[pair] / prices[good]
      }
    }
    return sold
  }
}
