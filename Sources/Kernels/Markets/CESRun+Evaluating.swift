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
  /// A power for each good and a product for each pair: a third of the time of the logarithms. For
  /// markets of a range in which no product vanishes; `largest` is the greatest exponent of a good.
  private func utilityByProducts(_ logPrices: ColumnView<Double>, _ largest: Double) -> Double {
    let (weights, shares, goods) = (weights.view, shares.view, market.goods.span)
    let (powers, demands) = (powers.view, demands.view)
    let slope = 1 - elasticity
    for good in 0..<market.goodCount { powers[good] = exp(slope * logPrices[good] - largest) }
    var utility = 0.0
    for buyer in 0..<market.buyerCount {
      let (row, budget) = (market.pairs(of: buyer), market.budgets[buyer])
      var sum = 0.0
      for pair in row {
        let part = weights[pair] * powers[Int(goods[pair])]
        shares[pair] = part
        sum += part
      }
      let inverse = 1 / sum
      for pair in row {
        shares[pair] *= inverse
        demands[Int(goods[pair])] += budget * shares[pair]
      }
      utility += budget * (rowLogs.view[buyer] + largest + log(sum))
    }
    return utility
  }

  /// The same by log-sum-exp, for any range.
  private func utilityByLogarithms(_ logPrices: ColumnView<Double>) -> Double {
    let (weights, shares, goods) = (weights.view, shares.view, market.goods.span)
    let demands = demands.view
    let slope = 1 - elasticity
    var utility = 0.0
    for buyer in 0..<market.buyerCount {
      let (row, budget) = (market.pairs(of: buyer), market.budgets[buyer])
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
      let inverse = 1 / sum
      for pair in row {
        shares[pair] *= inverse
        demands[Int(goods[pair])] += budget * shares[pair]
      }
      utility += budget * (rowLogs.view[buyer] + largest + log(sum))
    }
    return utility
  }
}
