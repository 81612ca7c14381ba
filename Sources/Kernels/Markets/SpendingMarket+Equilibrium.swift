/// A spending market in the terms of the other markets: pairs of a buyer and a good.
extension SpendingMarket {
  /// The goods that each buyer has segments of, in ascending order, at the best of their rates.
  public var pairs: FisherMarket {
    var (bounds, goods, values) = ([0], [Int32](), [Double]())
    for buyer in 0..<buyerCount {
      for e in segmentsByGood(of: buyer) {
        let good = Int32(segments[e].good)
        if goods.count > bounds[buyer], goods[goods.count - 1] == good {
          values[values.count - 1] = max(values[values.count - 1], segments[e].rate)
        } else {
          goods.append(good)
          values.append(segments[e].rate)
        }
      }
      bounds.append(goods.count)
    }
    return FisherMarket(
      part: bounds, goods: goods, values: values, budgets: budgets, supplies: supplies)
  }

  /// An answer by the pairs of ``pairs``; `gapMax` is the gap that was asked for.
  public func equilibrium(of answer: Answer, gapMax: Double) -> MarketEquilibrium {
    let pairs = pairs
    var spending = Array(repeating: 0.0, count: pairs.pairCount)
    var utilities = Array(repeating: 0.0, count: buyerCount)
    for buyer in 0..<buyerCount {
      var pair = pairs.offsets[buyer]
      for e in segmentsByGood(of: buyer) {
        while Int(pairs.goods[pair]) != segments[e].good { pair += 1 }
        spending[pair] += answer.spending[e]
        guard answer.spending[e] > 0 else { continue }
        utilities[buyer] +=
          answer.spending[e] * segments[e].rate / answer.prices[segments[e].good]
      }
    }
    let units = zip(spending, pairs.goods).map { $0 == 0 ? 0 : $0 / answer.prices[Int($1)] }
    let status: MarketEquilibrium.Status =
      answer.isExact ? .exact : answer.gap <= gapMax ? .converged : .sweepLimit
    return MarketEquilibrium(
      prices: answer.prices, spending: spending, allocations: units, utilities: utilities,
      sweeps: answer.sweeps, steps: 0, innerSteps: 0,
      history: [GapCheckpoint(iteration: answer.sweeps, gap: answer.gap)], gap: answer.gap,
      status: status)
  }

  /// The segments as they were given, buyer by buyer.
  public var rows: [[Segment]] {
    (0..<buyerCount).map { Array(segments[segments(of: $0)]) }
  }

  private func segmentsByGood(of buyer: Int) -> [Int] {
    segments(of: buyer).sorted { (segments[$0].good, $0) < (segments[$1].good, $1) }
  }
}

extension EquilibriumCertificate {
  /// Measures a claimed equilibrium with spending constraints; O(segments log segments).
  ///
  /// The bang per buck violation is the largest part of a budget that is spent on a segment beyond its
  /// cap, or below 0; whether the segments are the best is what the bundle shortfall says.
  ///
  /// - Parameters:
  ///   - market: the market that the claim is about.
  ///   - prices: money per unit of each good.
  ///   - spending: money on each segment, buyer by buyer.
  public init(of market: SpendingMarket, prices: [Double], spending: [Double]) {
    let figures = SpendingCertificate(of: market, prices: prices, spending: spending)
    budgetResidual = figures.budgetResidual
    bangPerBuckViolation = figures.capExcess
    bundleShortfall = figures.bundleShortfall
    dualityGap = figures.dualityGap
    var (taken, isWanted) = (
      Array(repeating: 0.0, count: market.goodCount),
      Array(repeating: false, count: market.goodCount)
    )
    for (segment, money) in zip(market.segments, spending) {
      taken[segment.good] += money
      isWanted[segment.good] = true
      guard money != 0 else { continue }
      let units = money / prices[segment.good] / market.supplies[segment.good]
      allocationMin = smallerOrNaN(allocationMin, units)
    }
    let mean = prices.reduce(0, +) / Double(max(1, prices.count))
    let worths = zip(prices, market.supplies).map { $0 * $1 }
    for good in 0..<market.goodCount where isWanted[good] || prices[good] != 0 {
      let excess = (taken[good] - worths[good]) / worths[good]
      overClearing = largerOrNaN(overClearing, excess)
      underClearing = largerOrNaN(underClearing, -excess)
      if isWanted[good] { priceMin = smallerOrNaN(priceMin, prices[good] / mean) }
    }
    allocationMin = smallerOrNaN(allocationMin, 0)
    let (spent, worth) = (spending.reduce(0, +), worths.reduce(0, +))
    walrasResidual = abs(spent - worth) / worth
  }
}
