/// Fisher markets with quasilinear utilities, by way of linear ones.
///
///     let answer = QuasilinearMarket().solve(market)
///
/// Money that is kept is a good that everybody values at 1 and whose price is 1. Were its amount
/// known, the market would be linear; it is known once the support is: in the tree of pairs that
/// carry money to it, prices over `p_0` and what is kept sum to the budgets.
///
///     M <- sum of the tree's budgets - sum of its other goods' worth / p_0
///
/// So each linear market with `M` units of kept money names the next `M`; near the equilibrium the
/// tree no longer changes and the second step is exact. A bracket on `M` guards the way there, as
/// `p_0` falls with `M`. The polish is told that kept money costs 1, and ends the search once the
/// support is right. Without money to keep the market is linear from the start.
///
/// Source: Chen, Ye, Zhang, "A note on equilibrium pricing as convex optimization", WINE 2007;
/// Cole et al., "Convex program duality, Fisher markets, and Nash social welfare", EC 2017.
public struct QuasilinearMarket: Sendable, Equatable {
  private static let roundsMax = 200
  /// How far the price of kept money may be from 1.
  private static let priceSlack = 1e-14

  /// The certified gap of the linear markets.
  public var gapMax: Double

  public init(gapMax: Double = 1e-9) {
    self.gapMax = gapMax
  }

  /// Prices and bundles of `market`, whose values are worth money per unit.
  public func solve(
    _ market: FisherMarket, isCancelled: () -> Bool = { false }
  ) -> MarketEquilibrium {
    let solver = InteriorPoint(gapMax: gapMax)
    let spent = solver.solve(market, isCancelled: isCancelled)
    guard spent.status != .cancelled, !spends(everything: spent, of: market) else { return spent }
    let found = keeping(market, solver, isCancelled) ?? spent
    guard found.status == .stalled || found.status == .stepLimit else { return found }
    return swept(market, isCancelled) ?? found
  }

  /// Whether no buyer would rather keep its money at these prices.
  private func spends(everything answer: MarketEquilibrium, of market: FisherMarket) -> Bool {
    market.pairs.allSatisfy { pair in
      answer.spending[pair] == 0
        || market.values[pair] * (1 + 1e-12) >= answer.prices[Int(market.goods[pair])]
    }
  }

  /// The equilibrium by proportional response in which the price of kept money stays 1.
  ///
  /// A last resort where budgets are so far apart that no linear market can be solved on the way.
  private func swept(_ market: FisherMarket, _ isCancelled: () -> Bool) -> MarketEquilibrium? {
    let money = market.budgets.reduce(0, +)
    guard let linear = try? market.keeping(money) else { return nil }
    let normalised = NormalisedMarket(linear)
    guard let good = normalised.originalGood.firstIndex(of: market.goodCount) else { return nil }
    var iterate = MarketIterate(
      shares: normalised.equalShares, prices: Array(repeating: 0, count: normalised.goodCount))
    let sweepsMax = InteriorPoint.sweptPairsMax / max(1, normalised.pairCount)
    var look = 30
    for sweep in 0..<sweepsMax where !isCancelled() {
      iterate.respond(in: normalised, pinning: good, at: money / normalised.moneyUnit)
      guard sweep == look else { continue }
      look += look / 2
      if let exact = market.pinned(iterate, in: normalised, good, kept: money, sweeps: sweep) {
        return exact
      }
    }
    return nil
  }

  private func keeping(
    _ market: FisherMarket, _ solver: InteriorPoint, _ isCancelled: () -> Bool
  ) -> MarketEquilibrium? {
    let money = market.budgets.reduce(0, +)
    var (low, high) = (0.0, money)
    var kept = money / 2
    var last: MarketEquilibrium?
    for _ in 0..<Self.roundsMax {
      guard let linear = try? market.keeping(kept) else { return nil }
      let answer = solver.solve(linear, isCancelled: isCancelled)
      if let exact = market.pinned(answer, of: linear, kept: kept) { return exact }
      let price = answer.prices[market.goodCount]
      last = market.withoutKept(answer, price: price)
      if answer.status == .cancelled || abs(price - 1) <= Self.priceSlack { break }
      if price > 1 { low = max(low, kept) } else { high = min(high, kept) }
      let next = market.kept(in: answer, price: price)
      let isInside = next > low && next < high
      let previous = kept
      kept = isInside ? next : low > 0 ? (low * high).squareRoot() : high / 1024
      if kept == previous || high - low <= 1e-15 * high { break }
    }
    return last
  }
}

extension NormalisedMarket {
  /// Each buyer's budget in equal parts on all its pairs.
  var equalShares: [Double] {
    (0..<buyerCount).flatMap { buyer in
      let row = pairs(of: buyer)
      return Array(repeating: 1 / Double(row.count), count: row.count)
    }
  }

  /// The money that the shares put on a good.
  func money(on good: Int, _ iterate: MarketIterate) -> Double {
    (0..<buyerCount).reduce(0) { sum, buyer in
      pairs(of: buyer).reduce(sum) {
        goods[$1] == good ? $0 + budgets[buyer] * iterate.shares[$1] : $0
      }
    }
  }
}

extension MarketIterate {
  /// One sweep of proportional response, at prices that the bids make but for a good's that is pinned.
  mutating func respond(
    in market: NormalisedMarket, pinning good: Int, at price: Double
  ) {
    for good in prices.indices { prices[good] = 0 }
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) {
        prices[Int(market.goods[pair])] += market.budgets[buyer] * shares[pair]
      }
    }
    prices[good] = price
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      var sum = 0.0
      for pair in row {
        shares[pair] *= market.values[pair] / prices[Int(market.goods[pair])]
        sum += shares[pair]
      }
      // A share of 0 could never rise again.
      for pair in row { shares[pair] = max(shares[pair] / sum, 1e-100) }
    }
  }
}
