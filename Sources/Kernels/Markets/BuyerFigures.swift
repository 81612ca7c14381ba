import Foundation

/// What an ``EquilibriumCertificate`` says of a range of buyers.
struct BuyerFigures {
  var budgetResidual = 0.0
  var bangPerBuckViolation = 0.0
  var bundleShortfall = 0.0
  var priceMin = Double.infinity
  var allocationMin = Double.infinity
  /// Money spent, by whomever.
  var spent = 0.0
  /// Money of the buyers who can use it.
  var money = 0.0
  /// `sum B log(B v(p) / u')` over those buyers.
  var loss = 0.0
  /// What quasilinear buyers keep.
  var kept = 0.0

  private let claim: EquilibriumClaim
  private let ces: CESBundles?
  private var terms: [Double] = []
  private let oversold: [Double]
  private let priceMean: Double

  /// Measures the buyers of `range`; O(their pairs).
  ///
  /// - Parameters:
  ///   - claim: the market and what is claimed to be an equilibrium of it.
  ///   - ces: the same, where utilities are CES.
  ///   - oversold: of each good what is handed out over the supply, at least 1.
  ///   - range: numbers of the buyers.
  init(
    _ claim: EquilibriumClaim, _ ces: CESBundles?, oversold: [Double], of range: Range<Int>
  ) {
    self.claim = claim
    self.ces = ces
    self.oversold = oversold
    priceMean = claim.prices.reduce(0, +) / Double(claim.prices.count)
    for buyer in range {
      let isActive = claim.isActive(buyer)
      measureSigns(of: buyer, isActive)
      measureBudget(of: buyer, isActive)
      if isActive { measureBundle(of: buyer) }
    }
  }

  /// Positivity; a good that is left over may cost nothing where buyers may not want more of it.
  private mutating func measureSigns(of buyer: Int, _ isActive: Bool) {
    let (market, prices) = (claim.market, claim.prices)
    for pair in market.pairs(of: buyer) {
      let good = Int(market.goods[pair])
      let part = claim.allocations[pair] / market.supplies[good]
      allocationMin = smallerOrNaN(allocationMin, part)
      guard isActive && market.values[pair] > 0 else { continue }
      guard claim.utility != .leontief || prices[good] != 0 else { continue }
      priceMin = smallerOrNaN(priceMin, prices[good] / priceMean)
    }
  }

  private mutating func measureBudget(of buyer: Int, _ isActive: Bool) {
    let budget = claim.market.budgets[buyer]
    let spent = claim.spent(by: buyer)
    self.spent += spent
    let excess = (spent - budget) / budget
    if isActive {
      // Who may keep money is held to it by the utility that it goes without.
      let residual = claim.utility == .quasilinear ? excess : abs(excess)
      budgetResidual = largerOrNaN(budgetResidual, residual)
    } else if !(spent <= budget) {
      budgetResidual = largerOrNaN(budgetResidual, excess)
    }
  }

  /// Best bang per buck, whether the bundle is the best that the budget buys, and its part in the gap.
  private mutating func measureBundle(of buyer: Int) {
    let budget = claim.market.budgets[buyer]
    let figures = ces?.figures(of: buyer, &terms) ?? bundle(of: buyer)
    bangPerBuckViolation = largerOrNaN(bangPerBuckViolation, figures.misspending)
    bundleShortfall = largerOrNaN(bundleShortfall, 1 - figures.utility / (budget * figures.best))
    money += budget
    loss += budget * log(budget * figures.best / figures.reducedUtility)
    guard claim.utility == .quasilinear else { return }
    let spent = claim.market.pairs(of: buyer).reduce(0) { sum, pair in
      let good = Int(claim.market.goods[pair])
      return sum + claim.prices[good] * claim.allocations[pair] / oversold[good]
    }
    kept += largerOrNaN(0, budget - spent)
  }

  /// The same figures for all utilities but CES.
  private func bundle(of buyer: Int) -> BundleFigures {
    let market = claim.market
    let best = claim.bestUtility(of: buyer)
    let isSmooth = claim.utility.isSmooth
    let valueSum = isSmooth ? market.pairs(of: buyer).reduce(0) { $0 + market.values[$1] } : 0
    var misspending = 0.0
    for pair in market.pairs(of: buyer) where claim.allocations[pair] != 0 || isSmooth {
      misspending = largerOrNaN(
        misspending, claim.misspending(pair, of: buyer, best: best, valueSum: valueSum))
    }
    return BundleFigures(
      best: best, misspending: misspending, utility: claim.utility(of: buyer) { _ in 1 },
      reducedUtility: claim.utility(of: buyer) { 1 / oversold[$0] })
  }
}

/// A buyer's best bundle and its own.
struct BundleFigures {
  /// The most utility that a unit of money buys.
  let best: Double
  /// The largest part of the budget that is spent on a pair beyond the best bundle, or short of it;
  /// where bundles are not unique, the smaller of that part and of the lack of bang per buck.
  let misspending: Double
  let utility: Double
  /// Utility of what is left of the bundle where too much was handed out.
  let reducedUtility: Double
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
