import Foundation

extension BarrierIterate {
  /// The certified gap and the residuals; renews the weights of the Newton matrix on the way.
  ///
  ///     p' = p m / sum p,  u' = sum v x min(1, 1 / sold),  beta' = min p' / v
  ///     gap = (1/m) sum_i B_i log(B_i / (beta'_i u'_i)),  a = p v beta x / z
  ///
  /// Where a slack has become 0 by rounding the weights are not finite, and then neither is the barrier.
  func measure() -> BarrierMeasure {
    let (goods, values) = (pairs.goods.view, pairs.values.view)
    let (units, slacks, weights) = (units.view, slacks.view, unitSteps.view)
    let (prices, inverse, kept) = (prices.view, goodScratch.view, keptParts.view)
    let (budgets, utilities, utilityPrices) = (budgets.view, utilities.view, utilityPrices.view)
    var measure = BarrierMeasure()
    let scale = renewGoods(&measure)
    for buyer in 0..<buyerCount {
      let (budget, utilityPrice) = (budgets[buyer], utilityPrices[buyer])
      var (utility, best, barrier, weightSum) = (0.0, 0.0, 0.0, 0.0)
      for pair in row(buyer) {
        let (good, value) = (goods[pair], values[pair])
        let (unit, slack) = (units[pair], slacks[pair])
        utility += value * unit * kept[good]
        best = max(best, value * inverse[good])
        barrier += unit * slack
        let weight = prices[good] * value * utilityPrice * (unit / slack)
        weights[pair] = weight
        weightSum += weight
      }
      measure.gap += budget * log(budget * best / (scale * utility))
      measure.barrier += weightSum.isFinite ? barrier : .nan
      let residual = abs(1 - utilityPrice * utilities[buyer] / budget)
      measure.budgetResidual = max(measure.budgetResidual, residual)
    }
    measure.gap /= Double(goodCount)
    measure.barrier /= Double(pairCount)
    return measure
  }

  /// `1 / p` and the kept parts; the factor that scales the prices to mean 1.
  private func renewGoods(_ measure: inout BarrierMeasure) -> Double {
    let (prices, inverse) = (prices.view, goodScratch.view)
    let (kept, sold) = (keptParts.view, sold.view)
    var sum = 0.0
    for good in 0..<goodCount {
      sum += prices[good]
      inverse[good] = 1 / prices[good]
      kept[good] = sold[good] > 1 ? 1 / sold[good] : 1
      measure.clearingResidual = max(measure.clearingResidual, abs(1 - sold[good]))
    }
    return Double(goodCount) / sum
  }

  /// The money on each good: the excess of the Newton matrix.
  func goodExcess() -> ColumnView<Double> {
    let (prices, sold, excess) = (prices.view, sold.view, goodScratch.view)
    for good in 0..<goodCount { excess[good] = prices[good] * sold[good] }
    return excess
  }
}
