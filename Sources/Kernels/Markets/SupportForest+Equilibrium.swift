extension SupportForest {
  /// Prices by equal bang per buck along the trees, then bids by leaf elimination; O(vertices).
  func prices(in market: NormalisedMarket) -> ForestPrices {
    var values = Array(repeating: 1.0, count: order.count)
    for (tree, start) in trees.enumerated() {
      let end = tree + 1 < trees.count ? trees[tree + 1] : order.count
      walkPrices(start..<end, in: market, &values)
    }
    return ForestPrices(values: values, bids: bids(at: values, in: market))
  }

  /// Walks one tree from a root of value 1, then scales it so that its prices sum to its budgets.
  ///
  /// A buyer without a pair gets an infinite value: every good looks too cheap to it, which forces
  /// its pairs in the next round. A good without a pair gets price 0, to the same effect.
  private func walkPrices(
    _ tree: Range<Int>, in market: NormalisedMarket, _ values: inout [Double]
  ) {
    var (money, priceSum) = (0.0, 0.0)
    for vertex in order[tree].lazy.map({ Int($0) }) {
      let isBuyer = vertex < market.buyerCount
      if parent[vertex] >= 0 {
        let value = market.values[parentPair[vertex]]
        let above = values[Int(parent[vertex])]
        values[vertex] = isBuyer ? above / value : above * value
      }
      if isBuyer { money += market.budgets[vertex] } else { priceSum += values[vertex] }
    }
    let scale = priceSum > 0 ? money / priceSum : .infinity
    for vertex in order[tree] { values[Int(vertex)] *= scale }
  }

  /// The walk backwards: a vertex bids on the pair to its parent what it still needs, and the
  /// parent then needs that much less.
  private func bids(at values: [Double], in market: NormalisedMarket) -> [Double] {
    var needs = values
    for buyer in 0..<market.buyerCount { needs[buyer] = market.budgets[buyer] }
    for vertex in order.reversed() where parent[Int(vertex)] >= 0 {
      needs[Int(parent[Int(vertex)])] -= needs[Int(vertex)]
    }
    return needs
  }

  /// The largest part of a root's money that its tree leaves over or lacks.
  func residual(_ found: ForestPrices, in market: NormalisedMarket) -> Double {
    trees.reduce(0) { largest, start in
      let root = Int(order[start])
      let money = root < market.buyerCount ? market.budgets[root] : found.values[root]
      return max(largest, abs(found.bids[root]) / money)
    }
  }
}
