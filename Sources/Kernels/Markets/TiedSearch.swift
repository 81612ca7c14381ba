/// A way for one buyer to spend less and one good to earn less, all others as before.
struct TiedPath {
  /// Pairs whose bids fall, from the good back to the buyer.
  var falling: [Int] = []
  /// Tied pairs whose bids rise in turn; one fewer.
  var rising: [Int] = []
}

/// Breadth-first search for augmenting paths over tied pairs, in room that is used again.
struct TiedSearch {
  /// The pair by which each buyer was reached, whose bid would rise; -1 where it was not.
  private var risingInto: [Int]
  /// The pair by which each good was reached, whose bid would fall; -1 where it was not.
  private var fallingInto: [Int]
  private var buyers: [Int32] = []
  private var goods: [Int32] = []

  init(_ market: NormalisedMarket) {
    risingInto = Array(repeating: -1, count: market.buyerCount)
    fallingInto = Array(repeating: -1, count: market.goodCount)
  }

  /// A shortest path from the buyer of `pair` to its good; O(pairs reached).
  mutating func path(
    around pair: Int, in money: TiedMoney, of market: NormalisedMarket
  ) -> TiedPath? {
    let (start, goal) = (money.buyerOf[pair], market.goods[pair])
    defer { forget() }
    buyers.append(start)
    var next = 0
    while next < buyers.count, fallingInto[Int(goal)] < 0 {
      expand(buyers[next], from: start, in: money, of: market)
      next += 1
    }
    guard fallingInto[Int(goal)] >= 0 else { return nil }
    return trace(from: Int(goal), to: start, in: money, of: market)
  }

  /// Reaches the goods that `buyer` could spend less on, and who could spend more on them.
  private mutating func expand(
    _ buyer: Int32, from start: Int32, in money: TiedMoney, of market: NormalisedMarket
  ) {
    for fall in market.pairs(of: Int(buyer)) where money.bids[fall] > 0 {
      let good = market.goods[fall]
      guard fallingInto[Int(good)] < 0 else { continue }
      fallingInto[Int(good)] = fall
      goods.append(good)
      for rise in money.tiedPairs(of: Int(good)) {
        let other = money.buyerOf[Int(rise)]
        guard other != start, risingInto[Int(other)] < 0 else { continue }
        risingInto[Int(other)] = Int(rise)
        buyers.append(other)
      }
    }
  }

  private func trace(
    from goal: Int, to start: Int32, in money: TiedMoney, of market: NormalisedMarket
  ) -> TiedPath {
    var path = TiedPath()
    var good = goal
    while true {
      let fall = fallingInto[good]
      path.falling.append(fall)
      guard money.buyerOf[fall] != start else { return path }
      let rise = risingInto[Int(money.buyerOf[fall])]
      path.rising.append(rise)
      good = Int(market.goods[rise])
    }
  }

  private mutating func forget() {
    for buyer in buyers { risingInto[Int(buyer)] = -1 }
    for good in goods { fallingInto[Int(good)] = -1 }
    buyers.removeAll(keepingCapacity: true)
    goods.removeAll(keepingCapacity: true)
  }
}
