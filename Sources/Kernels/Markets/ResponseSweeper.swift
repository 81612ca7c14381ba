/// Sweeps of proportional response over the bids of all buyers, in chunks of buyers.
///
/// In each sweep every buyer divides its budget in proportion to the utility that each good has
/// just given, and the prices become the sums of the bids:
///
///     w_e = v_e b_e / p_j,   b_e = B_i w_e / sum_e w_e,   p_j = sum_i b_e
///
/// With a longer step (see ``StepCycle``) `w_e = b_e (v_e / p_j)^step`. Two passes over the pairs, the
/// second over a row that is still in the cache; no allocation. The chunks depend on the market alone and
/// their prices are summed in their order, so the bits of the answer do not depend on the number of
/// threads.
struct ResponseSweeper: ~Copyable {
  private static let chunksMax = 4
  private static let chunkPairsMin = 50_000

  private let market: NormalisedMarket
  private let threads: Int
  /// Where each buyer's pairs that are still swept end.
  private let ends: SolverColumn<Int32>
  private let goods: SolverColumn<Int32>
  private let values: SolverColumn<Double>
  /// Where each chunk of buyers begins.
  private let chunks: [Int]
  /// The part of the buyer's budget on each pair.
  private let shares: SolverColumn<Double>
  private let prices: SolverColumn<Double>
  private let inverse: SolverColumn<Double>
  /// The bids of each chunk on each good.
  private let chunkPrices: SolverColumn<Double>
  /// What the buyers of each chunk lose.
  private let chunkLosses: SolverColumn<Double>

  /// Every buyer bids on its wanted goods in proportion to their values.
  init(_ market: NormalisedMarket, threads: Int = 1) {
    self.market = market
    chunks = Self.chunks(of: market)
    self.threads = max(1, min(threads, chunks.count - 1))
    ends = SolverColumn(market.offsets.dropFirst().map { Int32($0) })
    goods = SolverColumn(market.goods)
    values = SolverColumn(market.values)
    shares = SolverColumn(market.values)
    prices = SolverColumn(repeating: 0, count: market.goodCount)
    inverse = SolverColumn(repeating: 1, count: market.goodCount)
    chunkPrices = SolverColumn(repeating: 0, count: market.goodCount * (chunks.count - 1))
    chunkLosses = SolverColumn(repeating: 0, count: chunks.count - 1)
    shares.view.fill(1)
    sweep()
  }

  /// One sweep: renews all bids, and the prices as their sums; `step` is a power of 2.
  func sweep(step: Int = 1) {
    let (rows, threads, goodCount) = (rows(), threads, market.goodCount)
    inChunks { chunk in rows.bid(in: chunk, step: step) }
    Parts.forEach(threads, threads: threads) { part in
      rows.price(goodCount * part / threads..<goodCount * (part + 1) / threads)
    }
  }

  /// The certified gap over all pairs, whose bids clear the market at the prices that are their sums.
  func gap() -> Double {
    let losses = chunkLosses.view
    let rows = rows()
    inChunks { chunk in losses[chunk] = rows.loss(in: chunk) }
    return losses.array(count: losses.count).reduce(0, +) / Double(max(1, market.goodCount))
  }

  /// The state as a solver's iterate, on all pairs of the market.
  func iterate() -> MarketIterate {
    var shares = Array(repeating: 0.0, count: market.pairCount)
    unsafe shares.withUnsafeMutableBufferPointer { shares in
      let (rows, output) = unsafe (rows(), ColumnView(shares))
      inChunks { chunk in rows.copyShares(of: chunk, to: output) }
    }
    return MarketIterate(shares: shares, prices: prices.view.array(count: market.goodCount))
  }

  /// Ceases to sweep pairs that carry next to nothing: a ten thousandth of the budget, a thousandth of the
  /// good's price, and a bang per buck that is worse than the best by more than the part `slack`.
  func drop(beyond slack: Double) {
    let rows = rows()
    inChunks { chunk in rows.drop(in: chunk, beyond: slack) }
  }

  /// Sweeps all pairs again; those that were dropped start from a millionth of the budget.
  func restore() {
    let known = iterate().shares
    let (ends, goods, values, shares) = (ends.view, goods.view, values.view, shares.view)
    for buyer in 0..<market.buyerCount {
      ends[buyer] = Int32(market.offsets[buyer + 1])
      for pair in market.pairs(of: buyer) {
        goods[pair] = market.goods[pair]
        values[pair] = market.values[pair]
        shares[pair] = max(known[pair], 1e-6)
      }
    }
  }

  private static func chunks(of market: NormalisedMarket) -> [Int] {
    let count = max(1, min(chunksMax, market.pairCount / chunkPairsMin))
    var starts = [0]
    for buyer in 0..<market.buyerCount
    where market.offsets[buyer] * count >= starts.count * max(1, market.pairCount)
      && starts.count < count
    {
      starts.append(buyer)
    }
    return starts + [market.buyerCount]
  }

  /// Each chunk writes its own bids, prices and losses only, so threads share nothing that they write.
  private func inChunks(_ body: (Int) -> Void) {
    Parts.forEach(chunks.count - 1, threads: threads, body)
  }

  private func rows() -> ResponseRows {
    ResponseRows(
      market: market, chunks: chunks, ends: ends.view, goods: goods.view, values: values.view,
      shares: shares.view, prices: prices.view, inverse: inverse.view, parts: chunkPrices.view)
  }
}
