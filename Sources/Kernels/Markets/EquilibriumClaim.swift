/// What somebody claims to be an equilibrium.
struct EquilibriumClaim {
  let market: FisherMarket
  let prices: [Double]
  let allocations: [Double]

  /// Whether the buyer has money and wants something.
  func isActive(_ buyer: Int) -> Bool {
    market.budgets[buyer] > 0 && market.pairs(of: buyer).contains { market.values[$0] > 0 }
  }

  func spent(by buyer: Int) -> Double {
    market.pairs(of: buyer).reduce(0) { sum, pair in
      allocations[pair] == 0 ? sum : sum + prices[Int(market.goods[pair])] * allocations[pair]
    }
  }

  /// Utility that a unit of money buys on a pair; none on a worthless good, even if it is free.
  func bang(_ pair: Int) -> Double {
    market.values[pair] == 0 ? 0 : market.values[pair] / prices[Int(market.goods[pair])]
  }

  /// The most utility that a unit of money buys.
  func bestBang(of buyer: Int) -> Double {
    market.pairs(of: buyer).reduce(0) { largerOrNaN($0, bang($1)) }
  }

  /// Utility of a buyer's bundle, of which the part `kept` of each good remains.
  func utility(of buyer: Int, kept: (_ good: Int) -> Double) -> Double {
    market.pairs(of: buyer).reduce(0) { sum, pair in
      sum + market.values[pair] * allocations[pair] * kept(Int(market.goods[pair]))
    }
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
