extension SupportForest {
  /// Prices by equal bang per buck along the trees, then bids by leaf elimination; O(vertices).
  ///
  /// A good with a pinned price gives its tree the scale, and takes what money its tree leaves over.
  func solve(
    _ market: NormalisedMarket, pinned: PinnedPrice?, into found: borrowing ForestPrices
  ) {
    found.values.view.fill(1)
    for (tree, start) in trees.enumerated() {
      let end = tree + 1 < trees.count ? trees[tree + 1] : vertexCount
      walkPrices(start..<end, in: market, found.values.view)
      guard let pinned, Int(order.view[start]) == market.buyerCount + pinned.good else { continue }
      let scale = pinned.price / found.values.view[order.view[start]]
      for place in start..<end { found.values.view[order.view[place]] *= scale }
    }
    eliminate(market, found)
  }

  /// Walks one tree from a root of value 1, then scales it so that its prices sum to its budgets.
  ///
  /// A buyer without a pair gets an infinite value: every good looks too cheap to it, which forces
  /// its pairs in the next round. A good without a pair gets price 0, to the same effect.
  private func walkPrices(
    _ tree: Range<Int>, in market: NormalisedMarket, _ values: ColumnView<Double>
  ) {
    let (order, parent, parentPair) = (order.view, parent.view, parentPair.view)
    let (worths, budgets) = (market.values.span, market.budgets.span)
    var (money, priceSum) = (0.0, 0.0)
    for place in tree {
      let vertex = Int(order[place])
      let isBuyer = vertex < market.buyerCount
      if parent[vertex] >= 0 {
        let value = worths[Int(parentPair[vertex])]
        let above = values[parent[vertex]]
        values[vertex] = isBuyer ? above / value : above * value
      }
      if isBuyer { money += budgets[vertex] } else { priceSum += values[vertex] }
    }
    let scale = priceSum > 0 ? money / priceSum : .infinity
    for place in tree { values[order[place]] *= scale }
  }

  /// The walk backwards: a vertex bids on the pair to its parent what it still needs, and the
  /// parent then needs that much less.
  private func eliminate(_ market: NormalisedMarket, _ found: borrowing ForestPrices) {
    let (order, parent, needs) = (order.view, parent.view, found.bids.view)
    needs.copy(found.values.view)
    for buyer in 0..<market.buyerCount { needs[buyer] = market.budgets[buyer] }
    var place = vertexCount - 1
    while place >= 0 {
      let vertex = order[place]
      if parent[vertex] >= 0 { needs[parent[vertex]] -= needs[vertex] }
      place -= 1
    }
  }

  /// The largest part of a root's money that its tree leaves over or lacks.
  func residual(
    _ found: borrowing ForestPrices, pinned: PinnedPrice?, in market: NormalisedMarket
  ) -> Double {
    var largest = 0.0
    for start in trees {
      let root = Int(order.view[start])
      if let pinned, root == market.buyerCount + pinned.good { continue }
      let money = root < market.buyerCount ? market.budgets[root] : found.values.view[root]
      largest = max(largest, abs(found.bids.view[root]) / money)
    }
    return largest
  }
}
