import Foundation

/// The columns of a ``ResponseSweeper`` while it sweeps.
struct ResponseRows {
  /// No bid falls below this part of the budget: it could not rise again, and subnormal numbers are slow.
  private static let shareMin = 1e-100
  /// Bang per buck over the best that a long step counts at least; its eighth power is still normal.
  private static let bangMin = 1e-24

  let market: NormalisedMarket
  let chunks: [Int]
  let offsets: ColumnView<Int32>
  let goods: ColumnView<Int32>
  let values: ColumnView<Double>
  let shares: ColumnView<Double>
  let inverse: ColumnView<Double>
  let parts: ColumnView<Double>

  /// Renews the bids of one chunk's buyers, and their sums for each good.
  func bid(in chunk: Int, step: Int) {
    let (goods, values, shares) = (goods, values, shares)
    let (inverse, parts) = (inverse, parts)
    let (offsets, budgets) = (offsets, market.budgets.span)
    let start = chunk * market.goodCount
    for good in 0..<market.goodCount { parts[start + good] = 0 }
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      let row = Int(offsets[buyer])..<Int(offsets[buyer + 1])
      var utility = 0.0
      if step == 1 {
        for pair in row {
          let part = values[pair] * shares[pair] * inverse[goods[pair]]
          shares[pair] = part
          utility += part
        }
      } else {
        var best = 0.0
        for pair in row { best = max(best, values[pair] * inverse[goods[pair]]) }
        let unit = 1 / best
        for pair in row {
          let bang = max(values[pair] * inverse[goods[pair]] * unit, Self.bangMin)
          let part = shares[pair] * power(bang, step)
          shares[pair] = part
          utility += part
        }
      }
      let scale = 1 / utility
      let budget = unsafe budgets[unchecked: buyer]
      for pair in row {
        let share = max(shares[pair] * scale, Self.shareMin)
        shares[pair] = share
        parts[start + Int(goods[pair])] += budget * share
      }
    }
  }

  /// What the chunk's buyers lose, `sum B log(B v / (p u))` with the best `v / p` of all their pairs.
  func loss(in chunk: Int) -> Double {
    let (goods, values, shares, inverse) = (goods, values, shares, inverse)
    let (allGoods, allValues) = (market.goods.span, market.values.span)
    var loss = 0.0
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      var (best, utility) = (0.0, 0.0)
      for pair in market.pairs(of: buyer) {
        let bang = unsafe allValues[unchecked: pair] * inverse[allGoods[unchecked: pair]]
        best = max(best, bang)
      }
      for pair in Int(offsets[buyer])..<Int(offsets[buyer + 1]) {
        utility += values[pair] * shares[pair] * inverse[goods[pair]]
      }
      loss += market.budgets[buyer] * log(best / utility)
    }
    return loss
  }

  /// A power with a small whole exponent, a power of 2.
  @inline(__always)
  private func power(_ base: Double, _ exponent: Int) -> Double {
    let square = base * base
    guard exponent > 2 else { return square }
    let fourth = square * square
    return exponent == 4 ? fourth : fourth * fourth
  }
}
