import Foundation

extension CESRun {
  /// `a x^rho = a s^rho (x / s)^rho`, and `alpha = a^sigma`; the least of what is set.
  static func setLogWeights(
    _ weights: ColumnView<Double>, _ rowLogs: ColumnView<Double>, _ market: NormalisedMarket,
    _ original: FisherMarket, elasticity: Double
  ) -> Double {
    let logSupplies = original.supplies.map { log($0) * (elasticity - 1) }
    var least = 0.0
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var largest = -Double.infinity
      for pair in row {
        let place = Int(market.originalPair[pair])
        let weight =
          elasticity * log(original.values[place]) + logSupplies[Int(original.goods[place])]
        weights[pair] = weight
        largest = max(largest, weight)
      }
      rowLogs[buyer] = largest
      for pair in row {
        weights[pair] -= largest
        least = min(least, weights[pair])
      }
    }
    return least
  }

  /// Shares, demands and the dual objective at log prices.
  func evaluate(_ logPrices: ColumnView<Double>) -> Double {
    let (prices, demands) = (prices.view, demands.view)
    let slope = 1 - elasticity
    var objective = 0.0
    var (least, largest) = (Double.infinity, -Double.infinity)
    for good in 0..<market.goodCount {
      prices[good] = exp(logPrices[good])
      objective += prices[good]
      demands[good] = 0
      least = min(least, slope * logPrices[good])
      largest = max(largest, slope * logPrices[good])
    }
    if !areWeightsLogarithms, largest - least < Self.mildRange {
      return objective - utilityByProducts(logPrices, largest) / slope
    }
    return objective - utilityByLogarithms(logPrices) / slope
  }

  /// Sets shares and demands; the sum over buyers of budget times `log sum alpha p^(1 - sigma)`.
  ///
  /// A power for each good and a product for each pair, in place of an exponential for each pair; for
  /// a range in which no product vanishes. `largest` is the greatest exponent of a good.
  private func utilityByProducts(_ logPrices: ColumnView<Double>, _ largest: Double) -> Double {
    let (weights, shares, goods) = (weights.view, shares.view, market.goods.span)
    let powers = powers.view
    let slope = 1 - elasticity
    for good in 0..<market.goodCount { powers[good] = exp(slope * logPrices[good] - largest) }
    var utility = 0.0
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var sum = 0.0
      for pair in row {
        let part = weights[pair] * powers[Int(goods[pair])]
        shares[pair] = part
        sum += part
      }
      utility += spend(buyer, partSum: sum, largest)
    }
    return utility
  }

  /// The same by log-sum-exp, for any range.
  private func utilityByLogarithms(_ logPrices: ColumnView<Double>) -> Double {
    let (weights, shares, goods) = (weights.view, shares.view, market.goods.span)
    let slope = 1 - elasticity
    var utility = 0.0
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var largest = -Double.infinity
      for pair in row {
        let logWeight = areWeightsLogarithms ? weights[pair] : log(weights[pair])
        let exponent = logWeight + slope * logPrices[Int(goods[pair])]
        shares[pair] = exponent
        largest = max(largest, exponent)
      }
      var sum = 0.0
      for pair in row {
        let part = exp(shares[pair] - largest)
        shares[pair] = part
        sum += part
      }
      utility += spend(buyer, partSum: sum, largest)
    }
    return utility
  }

  /// Makes shares of a buyer's parts, which stand in their place, and demands of the shares; its budget
  /// times the logarithm of what the parts add up to, `e^(row + largest) partSum`.
  @inline(__always)
  private func spend(_ buyer: Int, partSum: Double, _ largest: Double) -> Double {
    let (shares, demands, goods) = (shares.view, demands.view, market.goods.span)
    let (budget, inverse) = (market.budgets[buyer], 1 / partSum)
    for pair in market.pairs(of: buyer) {
      shares[pair] *= inverse
      demands[Int(goods[pair])] += budget * shares[pair]
    }
    return budget * (rowLogs.view[buyer] + largest + log(partSum))
  }
}
