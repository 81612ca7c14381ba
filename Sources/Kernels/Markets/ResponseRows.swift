/// The columns of a ``ResponseSweeper`` while it sweeps.
struct ResponseRows {
  /// A bid below this part of the budget is dropped to 0, before it becomes a slow subnormal number.
  private static let shareMin = 1e-290

  let market: NormalisedMarket
  let chunks: [Int]
  let offsets: ColumnView<Int32>
  let goods: ColumnView<Int32>
  let values: ColumnView<Double>
  let shares: ColumnView<Double>
  let inverse: ColumnView<Double>
  let parts: ColumnView<Double>

  /// Renews the bids of one chunk's buyers, and their sums for each good.
  func bid(in chunk: Int) {
    let (goods, values, shares) = (goods, values, shares)
    let (inverse, parts) = (inverse, parts)
    let (offsets, budgets) = (offsets, market.budgets.span)
    let start = chunk * market.goodCount
    for good in 0..<market.goodCount { parts[start + good] = 0 }
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      let row = Int(offsets[buyer])..<Int(offsets[buyer + 1])
      var utility = 0.0
      for pair in row {
        let part = values[pair] * shares[pair] * inverse[goods[pair]]
        shares[pair] = part
        utility += part
      }
      let scale = 1 / utility
      let budget = unsafe budgets[unchecked: buyer]
      for pair in row {
        let share = shares[pair] * scale
        let kept = share < Self.shareMin ? 0 : share
        shares[pair] = kept
        parts[start + Int(goods[pair])] += budget * kept
      }
    }
  }
}
