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

  /// Positivity.
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
        budgetResidual = largerOrNaN(budgetResidual, abs(spent - budget) / budget)
        measureBundle(of: buyer, claim)
      } else if !(spent <= budget) {
        budgetResidual = largerOrNaN(budgetResidual, (spent - budget) / budget)
      }
    }
  }

  private mutating func measureBundle(of buyer: Int, _ claim: EquilibriumClaim) {
    let budget = claim.market.budgets[buyer]
    let best = claim.bestBang(of: buyer)
    for pair in claim.market.pairs(of: buyer) where claim.allocations[pair] != 0 {
      let price = claim.prices[Int(claim.market.goods[pair])]
      let share = claim.allocations[pair] * price / budget
      let lack = 1 - claim.bang(pair) / best
      bangPerBuckViolation = largerOrNaN(bangPerBuckViolation, smallerOrNaN(share, lack))
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
  ///     p' = p sum B / sum p s,   u' = sum v x min(1, s / sold)
  ///     gap = sum_i B_i log(B_i max(v / p') / u'_i) / sum_i B_i
  mutating func measureGap(_ claim: EquilibriumClaim) {
    let market = claim.market
    let active = (0..<market.buyerCount).filter { claim.isActive($0) }
    let money = active.reduce(0) { $0 + market.budgets[$1] }
    let scale = claim.worth / money
    let oversold = zip(claim.sold(), market.supplies).map { largerOrNaN(1, $0 / $1) }
    for buyer in active {
      let utility = claim.utility(of: buyer) { 1 / oversold[$0] }
      let bought = market.budgets[buyer] * claim.bestBang(of: buyer) * scale
      dualityGap += market.budgets[buyer] / money * log(bought / utility)
    }
  }
}
