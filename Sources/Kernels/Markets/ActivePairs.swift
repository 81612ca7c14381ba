/// The wanted pairs that an interior point still works on, in compressed rows by buyer.
///
/// It starts with all pairs of a market. Pairs that cannot carry money are dropped in place; the
/// order of the others stays, so they are found again in the market by walking both side by side.
struct ActivePairs: ~Copyable {
  let buyerCount: Int
  let goodCount: Int
  /// Pairs that are left.
  private(set) var count: Int
  /// Where each buyer's pairs begin.
  let offsets: SolverColumn<Int32>
  private(set) var buyers: SolverColumn<Int32>
  private(set) var goods: SolverColumn<Int32>
  private(set) var values: SolverColumn<Double>

  init(_ market: NormalisedMarket) {
    (buyerCount, goodCount) = (market.buyerCount, market.goodCount)
    count = market.pairCount
    offsets = SolverColumn(repeating: 0, count: market.buyerCount + 1)
    buyers = SolverColumn(repeating: 0, count: market.pairCount)
    goods = SolverColumn(market.goods)
    values = SolverColumn(market.values)
    restoreRows(of: market)
  }

  /// All pairs of the market again.
  mutating func restore(from market: NormalisedMarket) {
    buyers = SolverColumn(repeating: 0, count: market.pairCount)
    goods = SolverColumn(market.goods)
    values = SolverColumn(market.values)
    count = market.pairCount
    restoreRows(of: market)
  }

  private func restoreRows(of market: NormalisedMarket) {
    let (offsets, buyers) = (offsets.view, buyers.view)
    for buyer in 0..<buyerCount {
      offsets[buyer + 1] = Int32(market.offsets[buyer + 1])
      for pair in market.pairs(of: buyer) { buyers[pair] = Int32(buyer) }
    }
  }

  /// Gives the memory of dropped pairs back.
  mutating func shrink() {
    buyers.shrink(to: count)
    goods.shrink(to: count)
    values.shrink(to: count)
  }

  /// Keeps the pairs for which `isKept` says so, in their order; `move` hears of each old and new place.
  @inline(__always)
  mutating func compact(
    where isKept: (_ buyer: Int, _ pair: Int) -> Bool, move: (_ old: Int, _ new: Int) -> Void
  ) {
    let (offsets, buyers, goods, values) = (offsets.view, buyers.view, goods.view, values.view)
    var next = 0
    var start = 0
    for buyer in 0..<buyerCount {
      let end = Int(offsets[buyer + 1])
      for pair in start..<end where isKept(buyer, pair) {
        buyers[next] = Int32(buyer)
        goods[next] = goods[pair]
        values[next] = values[pair]
        move(pair, next)
        next += 1
      }
      start = end
      offsets[buyer + 1] = Int32(next)
    }
    count = next
  }
}
