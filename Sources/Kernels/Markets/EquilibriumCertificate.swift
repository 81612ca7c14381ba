/// How far prices and bundles are from an equilibrium of a Fisher market, whoever found them.
///
///     let certificate = try EquilibriumCertificate(
///       of: market, prices: answer.prices, allocations: answer.allocations)
///     certificate.holds(within: 1e-9)
///
/// Everything is computed from the market, the prices and the allocations alone, in the market's
/// own units, without any code of a solver. All figures are relative and 0 at an equilibrium; NaN
/// never passes. Buyers without money or without wants are left out of the buyers' figures, goods
/// that no other buyer wants may stay unsold at price 0. O(pairs).
public struct EquilibriumCertificate: Sendable, Equatable {
  /// The largest part of a good's supply that is handed out beyond the supply.
  public internal(set) var overClearing = 0.0
  /// The largest part of a good's supply that is left over though its price is above 0.
  public internal(set) var underClearing = 0.0
  /// The largest difference between a buyer's spending and its budget, relative to the budget.
  public internal(set) var budgetResidual = 0.0
  /// The largest `min(share of the budget, lack of bang per buck)` of a pair: the natural residual
  /// of "no money goes to a good that is not the best".
  ///
  /// For CES, Cobb-Douglas and Leontief utilities the largest difference to the best bundle's share
  /// of the budget.
  public internal(set) var bangPerBuckViolation = 0.0
  /// The largest part of the utility that its budget could buy which a buyer goes without.
  public internal(set) var bundleShortfall = 0.0
  /// A bound on the loss of mean log utility against the equilibrium (Eisenberg-Gale duality).
  public internal(set) var dualityGap = 0.0
  /// Money spent against the worth of all supplies at these prices, relative to the worth.
  public internal(set) var walrasResidual = 0.0
  /// The lowest price of a good that somebody with money wants, relative to the mean price.
  public internal(set) var priceMin = Double.infinity
  /// The smallest allocation, in units of the good's supply.
  public internal(set) var allocationMin = Double.infinity

  /// Measures a claimed equilibrium; O(pairs).
  ///
  /// - Parameters:
  ///   - market: the market that the claim is about.
  ///   - utility: what the market's values mean.
  ///   - prices: money per unit of each good.
  ///   - allocations: units on each of the market's pairs.
  ///   - threads: how many may measure buyers; the figures do not depend on it.
  /// - Throws: ``MarketError/wrongCount(of:expected:found:)``.
  public init(
    of market: FisherMarket, _ utility: MarketUtility = .linear, prices: [Double],
    allocations: [Double], threads: Int = 1
  ) throws(MarketError) {
    guard prices.count == market.goodCount else {
      throw .wrongCount(of: .prices, expected: market.goodCount, found: prices.count)
    }
    guard allocations.count == market.pairCount else {
      throw .wrongCount(of: .allocations, expected: market.pairCount, found: allocations.count)
    }
    let claim = EquilibriumClaim(
      market: market, utility: utility, prices: prices, allocations: allocations)
    let (sold, worth) = (claim.sold(), claim.worth)
    let oversold = zip(sold, market.supplies).map { largerOrNaN(1, $0 / $1) }
    var ces: CESBundles?
    if case .ces(let rho) = utility { ces = CESBundles(claim, rho: rho, oversold: oversold) }
    let parts = BuyerChunks.map(buyerCount: market.buyerCount, threads: threads) {
      [ces] in BuyerFigures(claim, ces, oversold: oversold, of: $0)
    }
    measureGoods(claim, sold: sold)
    for part in parts { add(part) }
    measureWalras(spent: parts.reduce(0) { $0 + $1.spent }, worth: worth)
    measureGap(
      loss: parts.reduce(0) { $0 + $1.loss }, kept: parts.reduce(0) { $0 + $1.kept },
      money: parts.reduce(0) { $0 + $1.money }, worth: worth, utility)
  }

  /// Whether every residual is at most `tolerance` and every wanted good has a price above 0.
  public func holds(within tolerance: Double) -> Bool {
    let residuals = [
      overClearing, underClearing, budgetResidual, bangPerBuckViolation, bundleShortfall,
      dualityGap, walrasResidual, -allocationMin,
    ]
    return residuals.allSatisfy { $0 <= tolerance } && priceMin > 0
  }
}
