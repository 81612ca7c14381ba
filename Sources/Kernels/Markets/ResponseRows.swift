import Foundation

/// The columns of a ``ResponseSweeper`` while it sweeps.
struct ResponseRows {
  /// No bid falls below this part of the budget: it could not rise again, and subnormal numbers are slow.
  private static let shareMin = 1e-100
  /// Bang per buck over the best that a long step counts at least; its eighth power is still normal.
  private static let bangMin = 1e-24

  let market: NormalisedMarket
  let chunks: [Int]
  /// Where each buyer's swept pairs end; they begin where those of the buyer before end, and a chunk's
  /// where they begin in the market.
  let ends: ColumnView<Int32>
  let goods: ColumnView<Int32>
  let values: ColumnView<Double>
  let shares: ColumnView<Double>
  let prices: ColumnView<Double>
  let inverse: ColumnView<Double>
  let parts: ColumnView<Double>

  /// Where the pairs of a chunk begin.
  func start(of chunk: Int) -> Int { market.offsets[chunks[chunk]] }

  /// Renews the bids of one chunk's buyers, and their sums for each good.
  func bid(in chunk: Int, step: Int) {
    let (goods, values, shares) = (goods, values, shares)
    let (inverse, parts) = (inverse, parts)
    let (ends, budgets) = (ends, market.budgets.span)
    let firstPart = chunk * market.goodCount
    for good in 0..<market.goodCount { parts[firstPart + good] = 0 }
    var start = start(of: chunk)
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      let row = start..<Int(ends[buyer])
      start = row.upperBound
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
        parts[firstPart + Int(goods[pair])] += budget * share
      }
    }
  }

  /// What the chunk's buyers lose, `sum B log(B v / (p u))` with the best `v / p` of all their pairs.
  func loss(in chunk: Int) -> Double {
    let (goods, values, shares, inverse) = (goods, values, shares, inverse)
    let (allGoods, allValues) = (market.goods.span, market.values.span)
    var (loss, start) = (0.0, start(of: chunk))
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      var (best, utility) = (0.0, 0.0)
      for pair in market.pairs(of: buyer) {
        let bang = unsafe allValues[unchecked: pair] * inverse[allGoods[unchecked: pair]]
        best = max(best, bang)
      }
      let row = start..<Int(ends[buyer])
      start = row.upperBound
      for pair in row { utility += values[pair] * shares[pair] * inverse[goods[pair]] }
      loss += market.budgets[buyer] * log(best / utility)
    }
    return loss
  }

  /// Prices of some goods as the sums of their bids in all chunks, and their inverses.
  func price(_ range: Range<Int>) {
    let (prices, inverse, parts) = (prices, inverse, parts)
    for good in range { prices[good] = parts[good] }
    for chunk in 1..<max(1, chunks.count - 1) {
      let firstPart = chunk * market.goodCount
      for good in range { prices[good] += parts[firstPart + good] }
    }
    for good in range { inverse[good] = 1 / prices[good] }
  }

  /// Moves together what is left of the chunk's pairs without those that carry next to nothing: see
  /// ``ResponseSweeper/drop(beyond:)``.
  func drop(in chunk: Int, beyond slack: Double) {
    let (goods, values, shares, prices) = (goods, values, shares, prices)
    var start = start(of: chunk)
    var next = start
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      let row = start..<Int(ends[buyer])
      start = row.upperBound
      var best = 0.0
      for pair in row { best = max(best, values[pair] / prices[goods[pair]]) }
      let (bar, budget) = ((1 - slack) * best, market.budgets[buyer])
      for pair in row {
        let price = prices[goods[pair]]
        let isIdle =
          shares[pair] < 1e-4 && shares[pair] * budget < 1e-3 * price
          && values[pair] < bar * price
        guard !isIdle else { continue }
        goods[next] = goods[pair]
        values[next] = values[pair]
        shares[next] = shares[pair]
        next += 1
      }
      ends[buyer] = Int32(next)
    }
  }

  /// Copies the shares of the chunk's buyers to their places in the market.
  func copyShares(of chunk: Int, to output: ColumnView<Double>) {
    var start = start(of: chunk)
    for buyer in chunks[chunk]..<chunks[chunk + 1] {
      var place = market.offsets[buyer]
      let row = start..<Int(ends[buyer])
      start = row.upperBound
      for pair in row {
        while market.goods[place] != goods[pair] { place += 1 }
        output[place] = shares[pair]
        place += 1
      }
    }
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
