import Foundation

extension EquilibriumCertificate {
  /// Clearing.
  mutating func measureGoods(_ claim: EquilibriumClaim, sold: [Double]) {
    for (good, sold) in sold.enumerated() {
      let supply = claim.market.supplies[good]
      let excess = (sold - supply) / supply
      overClearing = largerOrNaN(overClearing, excess)
      if claim.prices[good] != 0 { underClearing = largerOrNaN(underClearing, -excess) }
    }
  }

  /// What the buyers' figures say together.
  mutating func add(_ buyers: BuyerFigures) {
    budgetResidual = largerOrNaN(budgetResidual, buyers.budgetResidual)
    bangPerBuckViolation = largerOrNaN(bangPerBuckViolation, buyers.bangPerBuckViolation)
    bundleShortfall = largerOrNaN(bundleShortfall, buyers.bundleShortfall)
    priceMin = smallerOrNaN(priceMin, buyers.priceMin)
    allocationMin = smallerOrNaN(allocationMin, buyers.allocationMin)
  }

  /// Walras' law: what is spent is what the supplies are worth.
  mutating func measureWalras(spent: Double, worth: Double) {
    walrasResidual = worth == 0 && spent == 0 ? 0 : abs(spent - worth) / worth
  }

  /// The duality gap, of prices scaled to the money and bundles scaled down on oversold goods.
  ///
  ///     p' = p sum B / sum p s,   u' = u(x min(1, s / sold)),   v(p') = best utility of a unit of money
  ///     gap = sum_i B_i log(B_i v(p') / u'_i) / sum_i B_i
  ///
  /// As `v(p') = v(p) sum p s / sum B`, the buyers' part is known before the sums. Quasilinear money has
  /// a price of its own, so prices are not scaled; there
  ///
  ///     gap = (sum_j p_j s_j + sum_i B_i log(B_i v(p) / u'_i) - B_i + kept_i) / sum_i B_i
  mutating func measureGap(
    loss: Double, kept: Double, money: Double, worth: Double, _ utility: MarketUtility
  ) {
    guard money > 0 else { return }
    dualityGap =
      utility == .quasilinear
      ? (worth - money + loss + kept) / money : loss / money + log(worth / money)
  }
}
