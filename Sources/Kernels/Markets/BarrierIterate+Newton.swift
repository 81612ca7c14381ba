import Foundation

/// The two directions of Mehrotra's method. Both solve, for the relative steps `w` and `y`,
///
///     buyer i:  sum_e a_e (w_i - y_j)                  = cb_i - beta_i sum_e v_e r_e
///     good  j:  sum_e a_e (y_j - w_i) + p_j sold_j y_j = p_j (sum_i r_e - (1 - sold_j))
///     dz = p_j y_j - v beta_i w_i,   dx = r - (x / z) dz,   du_i = sum_e v dx
extension BarrierIterate {
  /// The right side of the predictor: `r = -x` and `cb = B - beta u`, so all of it telescopes.
  func setPredictor() {
    let (right, budgets, prices) = (relativeSteps.view, budgets.view, prices.view)
    for buyer in 0..<buyerCount { right[buyer] = budgets[buyer] }
    for good in 0..<goodCount { right[buyerCount + good] = -prices[good] }
  }

  /// The direction of the predictor: `dx = -x (1 + dz / z)`.
  func takePredictor() -> BarrierStep {
    let (goods, values) = (pairs.goods.view, pairs.values.view)
    let (units, slacks, slackSteps) = (units.view, slacks.view, slackSteps.view)
    let (utilities, utilityPrices) = (utilities.view, utilityPrices.view)
    let (relative, utilitySteps, priceSteps) = (
      relativeSteps.view, utilitySteps.view, goodScratch.view
    )
    var step = BarrierStep()
    renewPriceSteps(&step)
    for buyer in 0..<buyerCount {
      let rise = utilityPrices[buyer] * relative[buyer]
      var gain = 0.0
      for pair in row(buyer) {
        let (value, unit, slack) = (values[pair], units[pair], slacks[pair])
        let slackStep = priceSteps[goods[pair]] - value * rise
        let part = slackStep / slack
        let unitStep = -unit * (1 + part)
        slackSteps[pair] = slackStep
        gain += value * unitStep
        step.unitFall = max(step.unitFall, 1 + part)
        step.slackFall = max(step.slackFall, -part)
        step.unitLinear += slack * unitStep
        step.slackLinear += unit * slackStep
        step.quadratic += unitStep * slackStep
      }
      utilitySteps[buyer] = gain
      step.unitFall = max(step.unitFall, -gain / utilities[buyer])
      step.slackFall = max(step.slackFall, -relative[buyer])
    }
    return step
  }

  /// The right side of the corrector: `r = (sigma mu - x z - dx dz) / z`.
  func setCorrector(target: Double) {
    let (goods, values) = (pairs.goods.view, pairs.values.view)
    let (units, slacks) = (units.view, slacks.view)
    let (residuals, slackSteps) = (unitSteps.view, slackSteps.view)
    let (budgets, utilities, utilityPrices) = (budgets.view, utilities.view, utilityPrices.view)
    let (right, utilitySteps) = (relativeSteps.view, utilitySteps.view)
    let (sums, sold, prices) = (goodScratch.view, sold.view, prices.view)
    for good in 0..<goodCount { sums[good] = sold[good] - 1 }
    for buyer in 0..<buyerCount {
      var worth = 0.0
      for pair in row(buyer) {
        let inverse = 1 / slacks[pair]
        let part = slackSteps[pair] * inverse
        let residual = target * inverse + units[pair] * (part + part * part - 1)
        residuals[pair] = residual
        worth += values[pair] * residual
        sums[goods[pair]] += residual
      }
      let utilityPrice = utilityPrices[buyer]
      let turn = utilitySteps[buyer] * right[buyer] * utilityPrice
      right[buyer] =
        budgets[buyer] - utilityPrice * utilities[buyer] - turn - utilityPrice * worth
    }
    for good in 0..<goodCount { right[buyerCount + good] = prices[good] * sums[good] }
  }

  /// The right side of a plain Newton step: `r = (target - x z) / z`.
  func setStraight(target: Double) {
    let (goods, values) = (pairs.goods.view, pairs.values.view)
    let (units, slacks, residuals) = (units.view, slacks.view, unitSteps.view)
    let (budgets, utilities, utilityPrices) = (budgets.view, utilities.view, utilityPrices.view)
    let (right, sums) = (relativeSteps.view, goodScratch.view)
    let (sold, prices) = (sold.view, prices.view)
    for good in 0..<goodCount { sums[good] = sold[good] - 1 }
    for buyer in 0..<buyerCount {
      var worth = 0.0
      for pair in row(buyer) {
        let residual = target / slacks[pair] - units[pair]
        residuals[pair] = residual
        worth += values[pair] * residual
        sums[goods[pair]] += residual
      }
      right[buyer] = budgets[buyer] - utilityPrices[buyer] * (utilities[buyer] + worth)
    }
    for good in 0..<goodCount { right[buyerCount + good] = prices[good] * sums[good] }
  }

  /// The direction of the corrector: `dx = r - (x / z) dz`.
  func takeCorrector() -> BarrierStep {
    let (goods, values) = (pairs.goods.view, pairs.values.view)
    let (units, slacks) = (units.view, slacks.view)
    let (unitSteps, slackSteps) = (unitSteps.view, slackSteps.view)
    let (utilities, utilityPrices) = (utilities.view, utilityPrices.view)
    let (relative, utilitySteps, priceSteps) = (
      relativeSteps.view, utilitySteps.view, goodScratch.view
    )
    var step = BarrierStep()
    renewPriceSteps(&step)
    for buyer in 0..<buyerCount {
      let rise = utilityPrices[buyer] * relative[buyer]
      var gain = 0.0
      for pair in row(buyer) {
        let (value, unit) = (values[pair], units[pair])
        let slackStep = priceSteps[goods[pair]] - value * rise
        let part = slackStep / slacks[pair]
        let unitStep = unitSteps[pair] - unit * part
        slackSteps[pair] = slackStep
        unitSteps[pair] = unitStep
        gain += value * unitStep
        step.unitFall = max(step.unitFall, -unitStep / unit)
        step.slackFall = max(step.slackFall, -part)
      }
      utilitySteps[buyer] = gain
      step.unitFall = max(step.unitFall, -gain / utilities[buyer])
      step.slackFall = max(step.slackFall, -relative[buyer])
    }
    return step
  }

  /// Goes along the direction; the linear relations stay exact.
  func advance(by length: Double) {
    let (goods, units, slacks) = (pairs.goods.view, units.view, slacks.view)
    let (unitSteps, slackSteps) = (unitSteps.view, slackSteps.view)
    let (utilities, utilityPrices) = (utilities.view, utilityPrices.view)
    let (relative, utilitySteps) = (relativeSteps.view, utilitySteps.view)
    let (prices, sold) = (prices.view, sold.view)
    sold.fill(0)
    for pair in 0..<pairCount {
      let unit = units[pair] + length * unitSteps[pair]
      units[pair] = unit
      slacks[pair] += length * slackSteps[pair]
      sold[goods[pair]] += unit
    }
    for buyer in 0..<buyerCount {
      utilities[buyer] += length * utilitySteps[buyer]
      utilityPrices[buyer] *= 1 + length * relative[buyer]
    }
    for good in 0..<goodCount { prices[good] *= 1 + length * relative[buyerCount + good] }
  }

  /// `p_j y_j` of each good.
  private func renewPriceSteps(_ step: inout BarrierStep) {
    let (relative, priceSteps, prices) = (relativeSteps.view, goodScratch.view, prices.view)
    for good in 0..<goodCount {
      let part = relative[buyerCount + good]
      priceSteps[good] = prices[good] * part
      step.slackFall = max(step.slackFall, -part)
    }
  }
}
