import Foundation

/// How far prices and spending are from an equilibrium with spending constraints, whoever found them.
///
/// Computed from the market, the prices and the money on each segment alone; all figures are relative
/// and 0 at an equilibrium. NaN never passes. O(segments log segments).
public struct SpendingCertificate: Sendable, Equatable {
  /// The largest difference between the money spent on a good and the worth of its supply.
  public private(set) var clearingResidual = 0.0
  /// The largest difference between a buyer's spending and its budget.
  public private(set) var budgetResidual = 0.0
  /// The largest part of the budget that is spent on a segment beyond its cap or below 0.
  public private(set) var capExcess = 0.0
  /// The largest part of the utility that its budget could buy which a buyer goes without.
  public private(set) var bundleShortfall = 0.0
  /// The mean over all money of `log(best utility / utility)`.
  public private(set) var dualityGap = 0.0

  /// - Parameters:
  ///   - market: the market that the claim is about.
  ///   - prices: money per unit of each good.
  ///   - spending: money on each segment, buyer by buyer.
  public init(of market: SpendingMarket, prices: [Double], spending: [Double]) {
    precondition(prices.count == market.goodCount && spending.count == market.segments.count)
    var taken = Array(repeating: 0.0, count: market.goodCount)
    for buyer in 0..<market.buyerCount {
      let budget = market.budgets[buyer]
      var (spent, utility) = (0.0, 0.0)
      for e in market.segments(of: buyer) {
        let segment = market.segments[e]
        taken[segment.good] += spending[e]
        spent += spending[e]
        if spending[e] != 0 { utility += spending[e] * segment.rate / prices[segment.good] }
        let excess = largerOrNaN(-spending[e], spending[e] - segment.cap)
        capExcess = largerOrNaN(capExcess, excess / budget)
      }
      budgetResidual = largerOrNaN(budgetResidual, abs(spent - budget) / budget)
      let best = Self.bestUtility(of: buyer, in: market, at: prices)
      bundleShortfall = largerOrNaN(bundleShortfall, 1 - utility / best)
      dualityGap += budget * log(best / utility)
    }
    dualityGap /= market.budgets.reduce(0, +)
    for good in 0..<market.goodCount {
      let worth = prices[good] * market.supplies[good]
      let residual = worth == 0 && taken[good] == 0 ? 0 : abs(taken[good] - worth) / worth
      clearingResidual = largerOrNaN(clearingResidual, residual)
    }
  }

  /// The most that the budget buys, by the segments' bang per buck in descending order.
  private static func bestUtility(
    of buyer: Int, in market: SpendingMarket, at prices: [Double]
  ) -> Double {
    let offers = market.segments[market.segments(of: buyer)].map {
      (bang: $0.rate / prices[$0.good], cap: $0.cap)
    }
    var (left, utility) = (market.budgets[buyer], 0.0)
    for offer in offers.sorted(by: { $0.bang > $1.bang }) where left > 0 {
      let part = min(left, offer.cap)
      utility += offer.bang * part
      left -= part
    }
    return utility
  }

  /// Whether every residual is at most `tolerance`.
  public func holds(within tolerance: Double) -> Bool {
    [clearingResidual, budgetResidual, capExcess, bundleShortfall, dualityGap].allSatisfy {
      $0 <= tolerance
    }
  }
}
