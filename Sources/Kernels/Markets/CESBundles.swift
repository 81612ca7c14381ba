import Foundation

/// What an ``EquilibriumCertificate`` needs of CES bundles, with each logarithm taken once.
///
/// With s = 1 / (1 - rho), a unit of money buys the utility `v = (sum a^s p^(1-s))^(1/(s-1))` at most, by
/// spending the part `a^s p^(1-s) v^(1-s)` of it on each good; a bundle gives `(sum a x^rho)^(1/rho)`.
/// All sums are relative to their largest term: a single one may exceed all doubles.
struct CESBundles {
  private let claim: EquilibriumClaim
  private let rho: Double
  private let elasticity: Double
  /// `(1 - s) log p` of each good.
  private let priceLogs: [Double]
  /// `(x' / x)^rho` of each good, x' being what is left of x where too much was handed out.
  private let reductions: [Double]

  /// - Parameters:
  ///   - claim: a market of CES utilities, and what is claimed to be an equilibrium of it.
  ///   - rho: the exponent.
  ///   - oversold: of each good what is handed out over the supply, at least 1.
  init(_ claim: EquilibriumClaim, rho: Double, oversold: [Double]) {
    self.claim = claim
    self.rho = rho
    elasticity = 1 / (1 - rho)
    let slope = 1 - elasticity
    priceLogs = claim.prices.map { slope * log($0) }
    reductions = oversold.map { $0 == 1 ? 1 : pow($0, -rho) }
  }

  /// The figures of an active buyer; `terms` is room for those of its pairs.
  func figures(of buyer: Int, _ terms: inout [Double]) -> BundleFigures {
    let (market, row) = (claim.market, claim.market.pairs(of: buyer))
    var (bestLog, ownLog) = (-Double.infinity, -Double.infinity)
    terms.removeAll(keepingCapacity: true)
    for pair in row where market.values[pair] > 0 {
      let valueLog = log(market.values[pair])
      let best = elasticity * valueLog + priceLogs[Int(market.goods[pair])]
      let own = valueLog + rho * log(claim.allocations[pair])
      terms.append(best)
      terms.append(own)
      bestLog = largerOrNaN(bestLog, best)
      ownLog = largerOrNaN(ownLog, own)
    }
    var (bestSum, ownSum, reducedSum) = (0.0, 0.0, 0.0)
    var place = 0
    for pair in row where market.values[pair] > 0 {
      terms[place] = exp(terms[place] - bestLog)
      bestSum += terms[place]
      let own = exp(terms[place + 1] - ownLog)
      ownSum += own
      reducedSum += own * reductions[Int(market.goods[pair])]
      place += 2
    }
    return BundleFigures(
      best: exp((bestLog + log(bestSum)) / (elasticity - 1)),
      misspending: misspending(of: buyer, terms, sum: bestSum),
      utility: root(ownLog, ownSum), reducedUtility: root(ownLog, reducedSum))
  }

  /// `terms` has those of the best bundle at every other place.
  private func misspending(of buyer: Int, _ terms: [Double], sum: Double) -> Double {
    let (market, budget) = (claim.market, claim.market.budgets[buyer])
    var (largest, place) = (0.0, 0)
    for pair in market.pairs(of: buyer) {
      var part = claim.allocations[pair] * claim.price(pair) / budget
      if market.values[pair] > 0 {
        part = abs(part - terms[place] / sum)
        place += 2
      }
      largest = largerOrNaN(largest, part)
    }
    return largest
  }

  /// `(e^largest sum)^(1 / rho)`; 0 where a complement is missing, or all goods are.
  private func root(_ largest: Double, _ sum: Double) -> Double {
    guard largest.isFinite else { return largest.isNaN ? .nan : 0 }
    return exp((largest + log(sum)) / rho)
  }
}
