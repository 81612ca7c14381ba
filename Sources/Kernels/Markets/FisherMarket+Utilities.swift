import Foundation

extension FisherMarket {
  /// Utility of each buyer's bundle; O(pairs).
  public func utilities(of allocations: [Double], threads: Int = 1) -> [Double] {
    BuyerChunks.map(buyerCount: buyerCount, threads: threads) { buyers in
      buyers.map { buyer in pairs(of: buyer).reduce(0) { $0 + values[$1] * allocations[$1] } }
    }.flatMap(\.self)
  }

  /// Utility of each buyer's bundle, none for a buyer who wants nothing; O(pairs).
  ///
  /// - Parameters:
  ///   - allocations: units on each of the market's pairs.
  ///   - prices: money per unit; what is not spent is kept, which quasilinear utilities count.
  ///   - utility: what the values mean.
  /// - Returns: utility of each buyer.
  public func utilities(
    of allocations: [Double], at prices: [Double], _ utility: MarketUtility
  ) -> [Double] {
    (0..<buyerCount).map { buyer in
      let wanted = pairs(of: buyer).filter { values[$0] > 0 }
      guard !wanted.isEmpty else { return utility == .quasilinear ? budgets[buyer] : 0 }
      switch utility {
      case .linear: return wanted.reduce(0) { $0 + values[$1] * allocations[$1] }
      case .quasilinear:
        return wanted.reduce(budgets[buyer]) {
          $0 + (values[$1] - prices[Int(goods[$1])]) * allocations[$1]
        }
      case .ces(let rho):
        return pow(wanted.reduce(0) { $0 + values[$1] * pow(allocations[$1], rho) }, 1 / rho)
      case .cobbDouglas:
        let sum = wanted.reduce(0) { $0 + values[$1] }
        return exp(wanted.reduce(0) { $0 + values[$1] / sum * log(allocations[$1]) })
      case .leontief: return wanted.reduce(.infinity) { min($0, allocations[$1] / values[$1]) }
      }
    }
  }
}
