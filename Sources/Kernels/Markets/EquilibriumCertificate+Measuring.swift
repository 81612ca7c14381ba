import Foundation

extension EquilibriumCertificate {
  /// Clearing.
  mutating func measureGoods(_ claim: EquilibriumClaim) {
    for (good, sold) in claim.sold().enumerated() {
      let supply = claim.market.supplies[good]
      let excess = (sold - supply) / supply
      overClearing = largerOrNaN(overClearing, excess)
      if claim.prices[good] != 0 { underClearing = largerOrNaN(underClearing, -excess) }
    }
  }

  /// Positivity; a good that is left over may cost nothing where buyers may not want more of it.
  mutating func measureSigns(_ claim: EquilibriumClaim) {
    let (market, prices) = (claim.market, claim.prices)
    let priceMean = prices.reduce(0, +) / Double(prices.count)
    for buyer in 0..<market.buyerCount {
      let isActive = claim.isActive(buyer)
      for pair in market.pairs(of: buyer) {
        let good = Int(market.goods[pair])
        let part = claim.allocations[pair] / market.supplies[good]
        allocationMin = smallerOrNaN(allocationMin, part)
        guard isActive && market.values[pair] > 0 else { continue }
        guard claim.utility != .leontief || prices[good] != 0 else { continue }
        priceMin = smallerOrNaN(priceMin, prices[good] / priceMean)
      }
    }
  }

  /// Budgets, best bang per buck, and whether each bundle is the best that its budget buys.
  mutating func measureBuyers(_ claim: EquilibriumClaim) {
    for buyer in 0..<claim.market.buyerCount {
      let budget = claim.market.budgets[buyer]
      let spent = claim.spent(by: buyer)
      if claim.isActive(buyer) {
        let excess = (spent - budget) / budget
        // Who may keep money is held to it by the utility that it goes without.
        let residual = claim.utility == .quasilinear ? excess : abs(excess)
        budgetResidual = largerOrNaN(budgetResidual, residual)
        measureBundle(of: buyer, claim)
      } else if !(spent <= budget) {
        budgetResidual = largerOrNaN(budgetResidual, (spent - budget) / budget)
      }
    }
  }

  private mutating func measureBundle(of buyer: Int, _ claim: EquilibriumClaim) {
    let budget = claim.market.budgets[buyer]
    let best = claim.bestUtility(of: buyer)
    let valueSum = claim.market.pairs(of: buyer).reduce(0) { $0 + claim.market.values[$1] }
    for pair in claim.market.pairs(of: buyer)
    where claim.allocations[pair] != 0 || claim.utility.isSmooth {
      bangPerBuckViolation = largerOrNaN(
        bangPerBuckViolation, claim.misspending(pair, of: buyer, best: best, valueSum: valueSum))
    }
    let utility = claim.utility(of: buyer) { _ in 1 }
    bundleShortfall = largerOrNaN(bundleShortfall, 1 - utility / (budget * best))
  }

  /// Walras' law: what is spent is what the supplies are worth.
  mutating func measureWalras(_ claim: EquilibriumClaim) {
    let spent = (0..<claim.market.buyerCount).reduce(0) { $0 + claim.spent(by: $1) }
    let worth = claim.worth
    walrasResidual = worth == 0 && spent == 0 ? 0 : abs(spent - worth) / worth
  }

  /// The duality gap, of prices scaled to the money and bundles scaled down on oversold goods.
  ///
  ///     p' = p sum B / sum p s,   u' = u(x min(1, s / sold)),   v(p') = best utility of a unit of money
  ///     gap = sum_i B_i log(B_i v(p') / u'_i) / sum_i B_i
  ///
  /// Quasilinear money has a price of its own, so prices are not scaled; there
  ///
  ///     gap = (sum_j p_j s_j + sum_i B_i log(B_i v(p) / u'_i) - B_i + kept_i) / sum_i B_i
  mutating func measureGap(_ claim: EquilibriumClaim) {
    let market = claim.market
    let active = (0..<market.buyerCount).filter { claim.isActive($0) }
    let money = active.reduce(0) { $0 + market.budgets[$1] }
    guard money > 0 else { return }
    let isScaled = claim.utility != .quasilinear
    let scale = isScaled ? claim.worth / money : 1
    let oversold = zip(claim.sold(), market.supplies).map { largerOrNaN(1, $0 / $1) }
    if !isScaled { dualityGap = claim.worth / money - 1 }
    for buyer in active {
      let budget = market.budgets[buyer]
      let utility = claim.utility(of: buyer) { 1 / oversold[$0] }
      let bought = budget * claim.bestUtility(of: buyer) * scale
      dualityGap += budget / money * log(bought / utility)
      guard !isScaled else { continue }
      let spent = market.pairs(of: buyer).reduce(0) { sum, pair in
        let good = Int(market.goods[pair])
        return sum + claim.prices[good] * claim.allocations[pair] / oversold[good]
      }
      dualityGap += largerOrNaN(0, budget - spent) / money
    }
  }
}

extension MarketUtility {
  /// Whether a buyer's best bundle is unique, so that pairs without money can be wrong too.
  var isSmooth: Bool {
    switch self {
    case .ces, .cobbDouglas, .leontief: true
    case .linear, .quasilinear: false
    }
  }
}
