import Foundation

/// What buyers ask for at given prices, whether or not the goods are there.
///
/// Linear and quasilinear buyers put all their money on their best good, the first of several.
struct MarketDemand {
  let market: FisherMarket
  let utility: MarketUtility

  /// Units of each good that are asked for; O(pairs).
  func units(at prices: [Double], budgets: [Double]) -> [Double] {
    var units = Array(repeating: 0.0, count: market.goodCount)
    for buyer in 0..<market.buyerCount {
      let wanted = market.pairs(of: buyer).filter { market.values[$0] > 0 }
      let shares = shares(of: wanted, at: prices)
      for (pair, share) in zip(wanted, shares) {
        let good = Int(market.goods[pair])
        units[good] += budgets[buyer] * share / prices[good]
      }
    }
    return units
  }

  /// The part of the budget that goes to each of a buyer's pairs.
  private func shares(of wanted: [Int], at prices: [Double]) -> [Double] {
    func price(_ pair: Int) -> Double { prices[Int(market.goods[pair])] }
    switch utility {
    case .linear, .quasilinear:
      let bangs = wanted.map { market.values[$0] / price($0) }
      let best = bangs.max() ?? 0
      let isKept = utility == .quasilinear && best < 1
      let first = isKept ? nil : bangs.firstIndex(of: best)
      return bangs.indices.map { $0 == first ? 1 : 0 }
    case .ces(let rho):
      let elasticity = 1 / (1 - rho)
      let logs = wanted.map {
        elasticity * log(market.values[$0]) + (1 - elasticity) * log(price($0))
      }
      let largest = logs.max() ?? 0
      return normalised(logs.map { exp($0 - largest) })
    case .cobbDouglas: return normalised(wanted.map { market.values[$0] })
    case .leontief: return normalised(wanted.map { market.values[$0] * price($0) })
    }
  }

  private func normalised(_ parts: [Double]) -> [Double] {
    let sum = parts.reduce(0, +)
    return parts.map { $0 / sum }
  }
}
