import Dispatch

/// Sweeps of proportional response over the bids of all buyers, in chunks of buyers.
///
/// In each sweep every buyer divides its budget in proportion to the utility that each good has
/// just given, and the prices become the sums of the bids:
///
///     w_e = v_e b_e / p_j,   b_e = B_i w_e / sum_e w_e,   p_j = sum_i b_e
///
/// With a longer step (see ``StepCycle``) `w_e = b_e (v_e / p_j)^step`. Two passes over the pairs, the second over a row that is still in the cache; no allocation. The
/// chunks depend on the market alone and their prices are summed in their order, so the bits of
/// the answer do not depend on the number of threads.
struct ResponseSweeper: ~Copyable {
  private static let chunksMax = 4
  private static let chunkPairsMin = 50_000

  private let market: NormalisedMarket
  private let threads: Int
  /// Where each buyer's pairs that are still swept begin.
  private let offsets: SolverColumn<Int32>
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
    offsets = SolverColumn(market.offsets.map { Int32($0) })
    goods = SolverColumn(market.goods)
    values = SolverColumn(market.values)
    shares = SolverColumn(market.values)
    prices = SolverColumn(repeating: 0, count: market.goodCount)
    inverse = SolverColumn(repeating: 1, count: market.goodCount)
    chunkPrices = SolverColumn(repeating: 0, count: market.goodCount * (chunks.count - 1))
    chunkLosses = SolverColumn(repeating: 0, count: chunks.count - 1)
    shares.view.fill(1)
    bid(step: 1)
  }

  /// One sweep; `step` is a power of 2.
  func sweep(step: Int = 1) {
    invertPrices()
    bid(step: step)
  }

  /// The certified gap over all pairs, whose bids clear the market at the prices that are their sums.
  func gap() -> Double {
    invertPrices()
    let losses = chunkLosses.view
    let rows = rows()
    inChunks { chunk in losses[chunk] = rows.loss(in: chunk) }
    return losses.array(count: losses.count).reduce(0, +) / Double(max(1, market.goodCount))
  }

  private func invertPrices() {
    let (prices, inverse) = (prices.view, inverse.view)
    for good in 0..<market.goodCount { inverse[good] = 1 / prices[good] }
  }

  /// The state as a solver's iterate, on all pairs of the market.
  func iterate() -> MarketIterate {
    let (offsets, goods, swept) = (offsets.view, goods.view, shares.view)
    var shares = Array(repeating: 0.0, count: market.pairCount)
    var output = shares.mutableSpan
    for buyer in 0..<market.buyerCount {
      var place = market.offsets[buyer]
      for pair in Int(offsets[buyer])..<Int(offsets[buyer + 1]) {
        while market.goods[place] != goods[pair] { place += 1 }
        output[place] = swept[pair]
        place += 1
      }
    }
    return MarketIterate(shares: shares, prices: prices.view.array(count: market.goodCount))
  }

  /// Ceases to sweep pairs that carry next to nothing: a ten thousandth of the budget, a thousandth of the
  /// good's price, and a bang per buck that is worse than the best by more than the part `slack`.
  func drop(beyond slack: Double) {
    let (offsets, goods, values) = (offsets.view, goods.view, values.view)
    let (shares, prices) = (shares.view, prices.view)
    var (next, start) = (0, 0)
    for buyer in 0..<market.buyerCount {
      let end = Int(offsets[buyer + 1])
      var best = 0.0
      for pair in start..<end { best = max(best, values[pair] / prices[goods[pair]]) }
      let (bar, budget) = ((1 - slack) * best, market.budgets[buyer])
      for pair in start..<end {
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
      start = end
      offsets[buyer + 1] = Int32(next)
    }
  }

  /// Sweeps all pairs again; those that were dropped start from a millionth of the budget.
  func restore() {
    let known = iterate().shares
    let (offsets, goods, values, shares) = (offsets.view, goods.view, values.view, shares.view)
    for buyer in 0..<market.buyerCount {
      offsets[buyer + 1] = Int32(market.offsets[buyer + 1])
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
    let (chunkCount, threads) = (chunks.count - 1, threads)
    guard threads > 1 else {
      for chunk in 0..<chunkCount { body(chunk) }
      return
    }
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for chunk in stride(from: thread, to: chunkCount, by: threads) { unsafe body(chunk) }
      }
    }
  }

  /// Renews all bids, and the prices as their sums.
  private func bid(step: Int) {
    let rows = rows()
    inChunks { chunk in rows.bid(in: chunk, step: step) }
    let (prices, parts) = (prices.view, chunkPrices.view)
    for good in 0..<market.goodCount { prices[good] = parts[good] }
    for chunk in 1..<max(1, chunks.count - 1) {
      let start = chunk * market.goodCount
      for good in 0..<market.goodCount { prices[good] += parts[start + good] }
    }
  }

  private func rows() -> ResponseRows {
    ResponseRows(
      market: market, chunks: chunks, offsets: offsets.view, goods: goods.view, values: values.view,
      shares: shares.view, inverse: inverse.view, parts: chunkPrices.view)
  }
}
