import Foundation

/// What somebody claims to be an equilibrium.
struct EquilibriumClaim {
  let market: FisherMarket
  let utility: MarketUtility
  let prices: [Double]
  let allocations: [Double]

  /// The pairs that the buyer wants.
  func wanted(by buyer: Int) -> LazyFilterSequence<Range<Int>> {
    market.pairs(of: buyer).lazy.filter { market.values[$0] > 0 }
  }

  /// Whether the buyer has money and wants something.
  func isActive(_ buyer: Int) -> Bool {
    market.budgets[buyer] > 0 && market.pairs(of: buyer).contains { market.values[$0] > 0 }
  }

  func price(_ pair: Int) -> Double { prices[Int(market.goods[pair])] }

  func spent(by buyer: Int) -> Double {
    market.pairs(of: buyer).reduce(0) { sum, pair in
      allocations[pair] == 0 ? sum : sum + price(pair) * allocations[pair]
    }
  }

  /// Utility that a unit of money buys on a pair; none on a worthless good, even if it is free.
  func bang(_ pair: Int) -> Double {
    market.values[pair] == 0 ? 0 : market.values[pair] / price(pair)
  }

  /// The money that all supplies would cost.
  var worth: Double { zip(prices, market.supplies).reduce(0) { $0 + $1.0 * $1.1 } }

  /// Units of each good that are handed out.
  func sold() -> [Double] {
    var sold = Array(repeating: 0.0, count: market.goodCount)
    for (good, units) in zip(market.goods, allocations) { sold[Int(good)] += units }
    return sold
  }
}

/// The larger of two numbers, or NaN if one of them is: `max` may lose it.
func largerOrNaN(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : max(a, b)
}

/// The smaller of two numbers, or NaN if one of them is.
func smallerOrNaN(_ a: Double, _ b: Double) -> Double {
  a.isNaN || b.isNaN ? .nan : min(a, b)
}
