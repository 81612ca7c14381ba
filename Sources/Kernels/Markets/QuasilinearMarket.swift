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
/// `p_0` falls with `M`. Without money to keep the market is linear from the start. Some 3 to 10
/// linear markets.
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
    return keeping(market, solver, isCancelled) ?? spent
  }

  /// Whether no buyer would rather keep its money at these prices.
  private func spends(everything answer: MarketEquilibrium, of market: FisherMarket) -> Bool {
    market.pairs.allSatisfy { pair in
      answer.spending[pair] == 0
        || market.values[pair] * (1 + 1e-12) >= answer.prices[Int(market.goods[pair])]
    }
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

extension FisherMarket {
  var pairs: Range<Int> { 0..<pairCount }

  /// The linear market in which so much money can be kept, as its last good.
  fileprivate func keeping(_ kept: Double) throws(MarketError) -> FisherMarket {
    var offsets = [0]
    var (goods, values) = ([Int32](), [Double]())
    goods.reserveCapacity(pairCount + buyerCount)
    values.reserveCapacity(pairCount + buyerCount)
    for buyer in 0..<buyerCount {
      goods += self.goods[pairs(of: buyer)] + [Int32(goodCount)]
      values += self.values[pairs(of: buyer)] + [1]
      offsets.append(goods.count)
    }
    return try FisherMarket(
      offsets: offsets, goods: goods, values: values, budgets: budgets,
      supplies: supplies + [kept])
  }

  /// Money that is kept at a price of 1, if money keeps going where it goes.
  fileprivate func kept(in answer: MarketEquilibrium, price: Double) -> Double {
    let (buyers, goods) = tree(of: answer)
    let money = budgets.indices.reduce(0) { buyers[$1] ? $0 + budgets[$1] : $0 }
    let worth = supplies.indices.reduce(0) {
      goods[$1] ? $0 + answer.prices[$1] * supplies[$1] : $0
    }
    return money - worth / price
  }

  /// The buyers and goods that carry money to one another and to what is kept.
  private func tree(of answer: MarketEquilibrium) -> (buyers: [Bool], goods: [Bool]) {
    var buyers = Array(repeating: false, count: buyerCount)
    var goods = Array(repeating: false, count: goodCount) + [true]
    var isGrowing = true
    while isGrowing {
      isGrowing = false
      for buyer in 0..<buyerCount {
        // Each row of the answer has one more pair, for what is kept.
        let shift = buyer
        let used = pairs(of: buyer).filter { answer.spending[$0 + shift] > 0 }
        let keeps = answer.spending[offsets[buyer + 1] + shift] > 0
        let reached = keeps || used.contains { goods[Int(self.goods[$0])] }
        guard buyers[buyer] || reached else { continue }
        for pair in used where !goods[Int(self.goods[pair])] {
          goods[Int(self.goods[pair])] = true
          isGrowing = true
        }
        isGrowing = isGrowing || !buyers[buyer]
        buyers[buyer] = true
      }
    }
    return (buyers, goods)
  }

  /// The answer of the linear market with kept money, without it and in money of price 1.
  fileprivate func withoutKept(_ answer: MarketEquilibrium, price: Double) -> MarketEquilibrium {
    let prices = answer.prices.dropLast().map { $0 / price }
    var spending = Array(repeating: 0.0, count: pairCount)
    var allocations = spending
    for buyer in 0..<buyerCount {
      for pair in pairs(of: buyer) {
        allocations[pair] = answer.allocations[pair + buyer]
        spending[pair] = allocations[pair] * prices[Int(goods[pair])]
      }
    }
    return MarketEquilibrium(
      prices: prices, spending: spending, allocations: allocations,
      utilities: utilities(of: allocations, at: prices, .quasilinear), sweeps: answer.sweeps,
      steps: answer.steps, innerSteps: answer.innerSteps, history: answer.history,
      gap: answer.gap, status: answer.status)
  }
}
