import Foundation

extension SpendingMarket {
  /// Prices and what each buyer spends on each of its segments.
  public struct Answer: Sendable, Equatable {
    public let prices: [Double]
    /// Money on each segment, buyer by buyer.
    public let spending: [Double]
    public let sweeps: Int
    public let gap: Double
    /// Whether the support of the sweeps gave an equilibrium up to rounding.
    public let isExact: Bool
  }

  /// Proportional response with caps, until the gap is small or the support gives the equilibrium.
  ///
  ///     b_e <- min(c_e, l w_e),   w_e = b_e r_e / p_j,   with l such that the budget is spent
  ///
  /// which is mirror descent on the convex program of Birnbaum, Devanur and Xiao. O(segments) a sweep, but
  /// for the few rounds in which a buyer's caps are found.
  ///
  /// - Parameters:
  ///   - gapMax: the gap of ``gap(of:at:)`` at which the sweeps end.
  ///   - sweepsMax: the number of sweeps after which they end anyway.
  ///   - isCancelled: asked at every look at the gap; once true, the bids at hand are returned.
  /// - Returns: the last bids; the gap says how good they are.
  public func solve(
    gapMax: Double = 1e-12, sweepsMax: Int = 20_000, isCancelled: () -> Bool = { false }
  ) -> Answer {
    var bids = segments.map { min($0.cap, 1) }
    for buyer in 0..<buyerCount { project(&bids, of: buyer) }
    var (sweeps, look) = (0, 8)
    while true {
      let prices = prices(of: bids)
      if sweeps >= look || sweeps >= sweepsMax {
        look = sweeps * 3 / 2
        let gap = gap(of: bids, at: prices)
        if gap < 1e-3, let exact = polished(bids) {
          let prices = self.prices(of: exact)
          return Answer(
            prices: prices, spending: exact, sweeps: sweeps, gap: self.gap(of: exact, at: prices),
            isExact: true)
        }
        if gap <= gapMax || sweeps >= sweepsMax || isCancelled() {
          return Answer(
            prices: prices, spending: bids, sweeps: sweeps, gap: gap, isExact: false)
        }
      }
      for buyer in 0..<buyerCount {
        for e in segments(of: buyer) {
          // A bid of 0 could never rise again.
          bids[e] = max(bids[e] * segments[e].rate / prices[segments[e].good], 1e-200)
        }
        project(&bids, of: buyer)
      }
      sweeps += 1
    }
  }

  /// Scales a buyer's bids to its budget, none above its cap; those that meet it are known after few rounds.
  private func project(_ bids: inout [Double], of buyer: Int) {
    let row = segments(of: buyer)
    var free = Array(row)
    var money = budgets[buyer]
    while true {
      let sum = free.reduce(0) { $0 + bids[$1] }
      let scale = money / sum
      let full = free.filter { bids[$0] * scale >= segments[$0].cap }
      guard !full.isEmpty, full.count < free.count else {
        for e in free { bids[e] = min(bids[e] * scale, segments[e].cap) }
        return
      }
      for e in full {
        bids[e] = segments[e].cap
        money -= segments[e].cap
      }
      free.removeAll { bids[$0] == segments[$0].cap && full.contains($0) }
    }
  }

  /// How far bids are from the best at these prices: the mean of `log(best utility / utility)`, by money.
  ///
  /// At least 0, and 0 at an equilibrium only: bids that make the prices clear the market already.
  public func gap(of bids: [Double], at prices: [Double]) -> Double {
    let loss = (0..<buyerCount).reduce(0) { loss, buyer in
      let had = segments(of: buyer).reduce(0) { sum, e in
        bids[e] > 0 ? sum + bids[e] * segments[e].rate / prices[segments[e].good] : sum
      }
      return loss + budgets[buyer] * log(bestUtility(of: buyer, at: prices) / had)
    }
    return loss / budgets.reduce(0, +)
  }

  /// What the budget buys at most: segments of the best bang per buck first, up to their caps.
  public func bestUtility(of buyer: Int, at prices: [Double]) -> Double {
    func bang(_ e: Int) -> Double { segments[e].rate / prices[segments[e].good] }
    var (money, utility) = (budgets[buyer], 0.0)
    for e in segments(of: buyer).sorted(by: { bang($0) > bang($1) }) where money > 0 {
      let spent = min(money, segments[e].cap)
      utility += spent * bang(e)
      money -= spent
    }
    return utility
  }
}
