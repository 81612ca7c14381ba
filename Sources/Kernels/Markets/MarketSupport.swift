/// The pairs that are believed to carry money at the equilibrium, under repair.
struct MarketSupport: ~Copyable {
  private enum Mark: UInt8 { case outside, inside, banned, forced }

  /// How far the bang per buck of a pair may exceed the support's: rounding along a tree.
  private static let bangSlack = 1e-11

  private let spending: SolverColumn<Double>
  /// The buyer of each pair.
  let buyerOf: SolverColumn<Int32>
  /// The buyers, richest first.
  private let roots: SolverColumn<Int32>
  private let marks: SolverColumn<Mark>
  private var sorted: FloatKeySort

  /// Pairs whose part of the budget or of the good exceeds their relative slack.
  ///
  /// The slack of a pair is `1 - beta_i v_e / p_j`, where `beta_i` is the buyer's average price of
  /// utility. Taking the larger part treats a poor buyer and a cheap good alike.
  init(_ iterate: MarketIterate, in market: NormalisedMarket) {
    spending = SolverColumn(iterate.shares)
    buyerOf = SolverColumn(repeating: 0, count: market.pairCount)
    marks = SolverColumn(repeating: .outside, count: market.pairCount)
    roots = SolverColumn(repeating: 0, count: market.buyerCount)
    sorted = FloatKeySort(capacity: market.buyerCount)
    for buyer in 0..<market.buyerCount {
      sorted.append(buyer, key: FloatKeySort.key(market.budgets[buyer]))
    }
    sorted.sort()
    for rank in 0..<market.buyerCount { roots.view[rank] = Int32(sorted.candidate(rank)) }
    markInside(iterate, in: market)
  }

  private func markInside(_ iterate: MarketIterate, in market: NormalisedMarket) {
    let (spending, buyerOf, marks) = (spending.view, buyerOf.view, marks.view)
    let (goods, values) = (market.goods.span, market.values.span)
    let (shares, prices) = (iterate.shares.span, iterate.prices.span)
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      let budget = market.budgets[buyer]
      var utility = 0.0
      for pair in row { utility += values[pair] / prices[Int(goods[pair])] * shares[pair] }
      for pair in row {
        buyerOf[pair] = Int32(buyer)
        let share = shares[pair]
        spending[pair] = share * budget
        guard share > 0 else { continue }
        let price = prices[Int(goods[pair])]
        let slack = 1 - values[pair] / price / utility
        if max(share, share * budget / price) > slack { marks[pair] = .inside }
      }
    }
  }

  /// Grows the maximum spanning forest of the support by spending.
  mutating func grow(
    _ forest: inout SupportForest, in market: NormalisedMarket, pinned: PinnedPrice?
  ) {
    let (marks, spending) = (marks.view, spending.view)
    var count = 0
    for pair in 0..<market.pairCount where isMember(marks[pair]) { count += 1 }
    sorted.reserve(count)
    for pair in 0..<market.pairCount where isMember(marks[pair]) {
      sorted.append(pair, key: FloatKeySort.key(spending[pair]))
    }
    sorted.sort()
    let root = pinned.map { market.buyerCount + $0.good }
    forest.grow(
      from: sorted, buyerOf: buyerOf.view, firstRoot: root, roots: roots.view, in: market)
  }

  private func isMember(_ mark: Mark) -> Bool { mark == .inside || mark == .forced }

  /// Where the forest's prices and bids are no equilibrium.
  func faults(
    _ forest: borrowing SupportForest, _ found: borrowing ForestPrices, in market: NormalisedMarket
  ) -> SupportFaults {
    let (parent, parentPair, bids) = (forest.parent.view, forest.parentPair.view, found.bids.view)
    var negative: [Int] = []
    for vertex in 0..<forest.vertexCount where parent[vertex] >= 0 && bids[vertex] < 0 {
      negative.append(Int(parentPair[vertex]))
    }
    return SupportFaults(negative: negative, better: betterPairs(found, in: market))
  }

  /// Bans what bids below 0 and forces what offers more than the support.
  ///
  /// A ban is lifted only when nothing else is left to repair.
  func repair(_ faults: SupportFaults) {
    let marks = marks.view
    for pair in faults.negative { marks[pair] = .banned }
    let free = faults.better.filter { marks[$0] != .banned }
    for pair in free { marks[pair] = .forced }
    guard faults.negative.isEmpty && free.isEmpty else { return }
    for pair in faults.better { marks[pair] = .forced }
  }

  /// The pairs that offer more bang per buck than their buyer's support, beyond rounding.
  private func betterPairs(
    _ found: borrowing ForestPrices, in market: NormalisedMarket
  ) -> [Int] {
    let (worths, goods, values) = (found.values.view, market.goods.span, market.values.span)
    var better: [Int] = []
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) {
        let price = worths[market.buyerCount + Int(goods[pair])]
        if worths[buyer] * values[pair] > price * (1 + Self.bangSlack) { better.append(pair) }
      }
    }
    return better
  }
}
