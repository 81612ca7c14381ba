/// The pairs that are believed to carry money at the equilibrium, under repair.
struct MarketSupport {
  private enum Mark: UInt8 { case outside, inside, banned, forced }

  /// How far the bang per buck of a pair may exceed the support's: rounding along a tree.
  private static let bangSlack = 1e-11

  private let spending: [Double]
  /// The buyer of each pair.
  let buyerOf: [Int32]
  private let roots: [Int32]
  private var marks: [Mark]

  /// Pairs whose part of the budget or of the good exceeds their relative slack.
  ///
  /// The slack of a pair is `1 - beta_i v_e / p_j`, where `beta_i` is the buyer's average price of
  /// utility. Taking the larger part treats a poor buyer and a cheap good alike.
  init(_ iterate: MarketIterate, in market: NormalisedMarket) {
    var spending = iterate.shares
    var buyerOf = Array(repeating: Int32(0), count: market.pairCount)
    marks = Array(repeating: .outside, count: market.pairCount)
    for buyer in 0..<market.buyerCount {
      let row = market.pairs(of: buyer)
      let utility = row.reduce(0) { $0 + iterate.bang($1, in: market) * iterate.shares[$1] }
      for pair in row {
        buyerOf[pair] = Int32(buyer)
        spending[pair] *= market.budgets[buyer]
        let bought = spending[pair] / iterate.prices[Int(market.goods[pair])]
        let slack = 1 - iterate.bang(pair, in: market) / utility
        if max(iterate.shares[pair], bought) > slack { marks[pair] = .inside }
      }
    }
    (self.spending, self.buyerOf) = (spending, buyerOf)
    let budgets = market.budgets
    roots = (0..<Int32(budgets.count)).sorted { a, b in
      let (x, y) = (budgets[Int(a)], budgets[Int(b)])
      return x != y ? x > y : a < b
    }
  }

  /// The maximum spanning forest of the support by spending.
  func forest(in market: NormalisedMarket) -> SupportForest {
    let support = marks.indices.filter { marks[$0] == .inside || marks[$0] == .forced }
    let heaviestFirst = support.map { Int32($0) }.sorted { a, b in
      let (x, y) = (spending[Int(a)], spending[Int(b)])
      return x != y ? x > y : a < b
    }
    return SupportForest(of: heaviestFirst, buyerOf: buyerOf, roots: roots, in: market)
  }

  /// Where the forest's prices and bids are no equilibrium.
  func faults(
    _ forest: SupportForest, _ found: ForestPrices, in market: NormalisedMarket
  ) -> SupportFaults {
    let negative = forest.parent.indices.filter { forest.parent[$0] >= 0 && found.bids[$0] < 0 }
    return SupportFaults(
      negative: negative.map { forest.parentPair[$0] }, better: betterPairs(found, in: market))
  }

  /// Bans what bids below 0 and forces what offers more than the support.
  ///
  /// A ban is lifted only when nothing else is left to repair.
  mutating func repair(_ faults: SupportFaults) {
    for pair in faults.negative { marks[pair] = .banned }
    let free = faults.better.filter { marks[$0] != .banned }
    for pair in free { marks[pair] = .forced }
    guard faults.negative.isEmpty && free.isEmpty else { return }
    for pair in faults.better { marks[pair] = .forced }
  }

  /// The pairs that offer more bang per buck than their buyer's support, beyond rounding.
  private func betterPairs(_ found: ForestPrices, in market: NormalisedMarket) -> [Int] {
    var better: [Int] = []
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) {
        let price = found.values[market.buyerCount + Int(market.goods[pair])]
        let worth = found.values[buyer] * market.values[pair]
        if worth > price * (1 + Self.bangSlack) { better.append(pair) }
      }
    }
    return better
  }
}

extension MarketIterate {
  /// Utility that one unit of money buys on a pair.
  func bang(_ pair: Int, in market: NormalisedMarket) -> Double {
    market.values[pair] / prices[Int(market.goods[pair])]
  }
}
