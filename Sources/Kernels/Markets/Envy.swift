/// How much buyers would rather have another's bundle than their own.
///
/// Where all incomes are equal, every buyer can afford every bundle, so an equilibrium is free of envy:
/// nobody prefers another's bundle (competitive equilibrium from equal incomes, CEEI).
///
/// Source: Varian, "Equity, envy, and efficiency", J. Econ. Theory 1974; Budish, JPE 2011.
public enum Envy {
  /// Utilities of buyers with each other's bundles beyond which smooth utilities are not compared.
  private static let worksMax = 400_000_000

  /// The largest `u_i(x_k) / u_i(x_i) - 1` of two buyers, or 0 where nobody envies anybody.
  ///
  /// Linear utilities look at the holders of each wanted good only; others at all pairs of buyers.
  ///
  /// - Parameters:
  ///   - market: the market; budgets do not count.
  ///   - utility: what the values mean; quasilinear buyers have money besides, which is left out.
  ///   - allocations: units on each of the market's pairs.
  /// - Returns: nil where too many pairs of buyers would have to be compared.
  public static func largest(
    in market: FisherMarket, _ utility: MarketUtility, _ allocations: [Double]
  ) -> Double? {
    switch utility {
    case .linear, .quasilinear: return linear(market, allocations)
    case .ces, .cobbDouglas, .leontief:
      let works = market.buyerCount.multipliedReportingOverflow(by: market.pairCount)
      guard !works.overflow, works.partialValue <= worksMax else { return nil }
      return smooth(market, utility, allocations)
    }
  }

  private static func linear(_ market: FisherMarket, _ allocations: [Double]) -> Double {
    var holders = Array(repeating: [(buyer: Int, units: Double)](), count: market.goodCount)
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) where allocations[pair] > 0 {
        holders[Int(market.goods[pair])].append((buyer, allocations[pair]))
      }
    }
    var utilities = Array(repeating: 0.0, count: market.buyerCount)
    var largest = 0.0
    for buyer in 0..<market.buyerCount {
      var seen: [Int] = []
      for pair in market.pairs(of: buyer) where market.values[pair] > 0 {
        for holder in holders[Int(market.goods[pair])] {
          if utilities[holder.buyer] == 0 { seen.append(holder.buyer) }
          utilities[holder.buyer] += market.values[pair] * holder.units
        }
      }
      for other in seen where other != buyer {
        largest = max(largest, utilities[other] / utilities[buyer] - 1)
      }
      for other in seen { utilities[other] = 0 }
    }
    return largest
  }

  private static func smooth(
    _ market: FisherMarket, _ utility: MarketUtility, _ allocations: [Double]
  ) -> Double {
    let own = market.utilities(of: allocations, at: [], utility)
    var bundle = Array(repeating: 0.0, count: market.goodCount)
    var largest = 0.0
    for other in 0..<market.buyerCount {
      for pair in market.pairs(of: other) { bundle[Int(market.goods[pair])] = allocations[pair] }
      let units = market.goods.map { bundle[Int($0)] }
      let theirs = market.utilities(of: units, at: [], utility)
      for buyer in 0..<market.buyerCount where buyer != other && theirs[buyer] > 0 {
        largest = max(largest, theirs[buyer] / own[buyer] - 1)
      }
      for pair in market.pairs(of: other) { bundle[Int(market.goods[pair])] = 0 }
    }
    return largest
  }
}
