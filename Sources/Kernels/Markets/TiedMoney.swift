/// Money on tied pairs: at given prices, every pair that offers its buyer the best bang per buck.
///
/// At the right prices the budgets can flow over tied pairs so that every good earns its price. A
/// support forest names one such flow, with bids below 0 where ties make it the wrong one. Each of
/// them is cancelled along shortest augmenting paths, as in maximum flow, so the prices are right
/// exactly when all of them can be.
struct TiedMoney {
  /// How far below the best a pair's bang per buck may lie and count as tied: rounding.
  private static let tieSlack = 1e-11
  /// A bid above this part of its budget and of its good, with a minus sign, counts as 0.
  private static let roundingMax = 1e-13

  /// How far a buyer's shares may be from 1 in all by adding them up.
  private static let shareSlack = 1e-13

  private let prices: [Double]
  private let utilityPrices: [Double]
  /// The buyer of each pair.
  let buyerOf: ColumnView<Int32>
  /// Money on each pair.
  private(set) var bids: [Double]
  /// The tied pairs of each good, compressed.
  private var tiedOffsets: [Int] = []
  private var tied: [Int32] = []

  /// The tied pairs of one good.
  func tiedPairs(of good: Int) -> ArraySlice<Int32> {
    tied[tiedOffsets[good]..<tiedOffsets[good + 1]]
  }

  init(
    _ found: borrowing ForestPrices, on forest: borrowing SupportForest,
    buyerOf: ColumnView<Int32>, in market: NormalisedMarket
  ) {
    let (values, parent) = (found.values.view, forest.parent.view)
    prices = (0..<market.goodCount).map { values[market.buyerCount + $0] }
    utilityPrices = values.array(count: market.buyerCount)
    self.buyerOf = buyerOf
    bids = Array(repeating: 0, count: market.pairCount)
    for vertex in 0..<forest.vertexCount where parent[vertex] >= 0 {
      bids[Int(forest.parentPair.view[vertex])] = found.bids.view[vertex]
    }
  }

  /// Prices, and bids as shares of the budgets.
  ///
  /// What rounding on a rich neighbour's side leaves of a poor buyer's money is put right here: that
  /// good does not notice.
  func iterate(in market: NormalisedMarket) -> MarketIterate {
    var shares = bids.indices.map { bids[$0] / market.budgets[Int(buyerOf[$0])] }
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      let sum = row.reduce(0) { $0 + shares[$1] }
      guard abs(sum - 1) > Self.shareSlack else { continue }
      for pair in row { shares[pair] /= sum }
    }
    return MarketIterate(shares: shares, prices: prices)
  }

  /// Cancels the bids below 0 on the pairs `negative`.
  ///
  /// - Returns: false when the tied pairs cannot carry the money at these prices.
  mutating func reroute(_ negative: [Int], in market: NormalisedMarket) -> Bool {
    guard !negative.isEmpty else { return true }
    (tiedOffsets, tied) = tiedPairs(in: market)
    var search = TiedSearch(market)
    for pair in negative {
      let budget = market.budgets[Int(buyerOf[pair])]
      let rounding = Self.roundingMax * min(budget, prices[Int(market.goods[pair])])
      while bids[pair] < -rounding {
        guard let path = search.path(around: pair, in: self, of: market) else { return false }
        push(along: path, cancelling: pair)
      }
      bids[pair] = max(0, bids[pair])
    }
    return true
  }

  /// Moves as much money as the path carries, and no more than `pair` lacks.
  private mutating func push(along path: TiedPath, cancelling pair: Int) {
    let amount = path.falling.reduce(-bids[pair]) { min($0, bids[$1]) }
    bids[pair] += amount
    for pair in path.falling { bids[pair] -= amount }
    for pair in path.rising { bids[pair] += amount }
  }

  /// The tied pairs by good, in the order of their buyers.
  private func tiedPairs(in market: NormalisedMarket) -> (offsets: [Int], pairs: [Int32]) {
    var offsets = Array(repeating: 0, count: market.goodCount + 1)
    let pairs = market.goods.indices.filter { pair in
      let worth = utilityPrices[Int(buyerOf[pair])] * market.values[pair]
      return worth >= prices[Int(market.goods[pair])] * (1 - Self.tieSlack)
    }
    for pair in pairs { offsets[Int(market.goods[pair]) + 1] += 1 }
    for good in 0..<market.goodCount { offsets[good + 1] += offsets[good] }
    var place = offsets
    var sorted = Array(repeating: Int32(0), count: pairs.count)
    for pair in pairs {
      sorted[place[Int(market.goods[pair])]] = Int32(pair)
      place[Int(market.goods[pair])] += 1
    }
    return (offsets, sorted)
  }
}
