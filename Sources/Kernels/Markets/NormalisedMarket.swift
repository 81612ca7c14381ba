/// A Fisher market in the units that every solver iterates on: supplies 1, mean price 1, each
/// row's largest value 1, and neither idle buyers nor unwanted goods.
///
/// These are exact invariances of the equilibrium, undone when an answer is made; after them
/// inputs from 1e-12 to 1e12 are harmless. Proportional response, the interior point and the
/// polish work here.
struct NormalisedMarket: Sendable {
  /// Where each buyer's pairs begin; one more entry than there are buyers.
  private(set) var offsets: [Int] = [0]
  private(set) var goods: [Int32] = []
  private(set) var values: [Double] = []
  /// Money of each buyer; its sum is the number of goods.
  private(set) var budgets: [Double] = []

  private(set) var originalPair: [Int32] = []
  private(set) var originalGood: [Int] = []
  /// Original money per unit of money here.
  private(set) var moneyUnit = 1.0

  var buyerCount: Int { budgets.count }
  var goodCount: Int { originalGood.count }
  var pairCount: Int { goods.count }
  /// The largest budget over the smallest.
  var budgetSpread: Double { (budgets.max() ?? 1) / (budgets.min() ?? 1) }
  var isEmpty: Bool { budgets.isEmpty }

  func pairs(of buyer: Int) -> Range<Int> { offsets[buyer]..<offsets[buyer + 1] }

  init(_ market: FisherMarket) {
    let budgetMax = market.budgets.max() ?? 0
    let supplyMax = market.supplies.max() ?? 1
    goods.reserveCapacity(market.pairCount)
    values.reserveCapacity(market.pairCount)
    originalPair.reserveCapacity(market.pairCount)
    var goodHere = Array(repeating: Int32(-1), count: market.goodCount)
    for buyer in 0..<market.buyerCount where market.budgets[buyer] / budgetMax > 0 {
      appendPairs(of: buyer, in: market, supplyMax: supplyMax, goodHere: &goodHere)
      guard goods.count > (offsets.last ?? 0) else { continue }
      offsets.append(goods.count)
      budgets.append(market.budgets[buyer] / budgetMax)
    }
    guard !isEmpty else { return }
    let scale = Double(goodCount) / budgets.reduce(0, +)
    moneyUnit = budgetMax / scale
    for buyer in budgets.indices { budgets[buyer] *= scale }
  }

  /// Appends what the buyer wants, valued per whole supply and relative to its best.
  ///
  /// Dividing by the maxima before multiplying keeps every product at most 1, so nothing overflows.
  private mutating func appendPairs(
    of buyer: Int, in market: FisherMarket, supplyMax: Double, goodHere: inout [Int32]
  ) {
    let row = market.pairs(of: buyer)
    let valueMax = row.reduce(0) { max($0, market.values[$1]) }
    func worth(_ pair: Int) -> Double {
      market.values[pair] / valueMax * (market.supplies[Int(market.goods[pair])] / supplyMax)
    }
    let best = row.reduce(0) { max($0, worth($1)) }
    for pair in row where worth(pair) / best > 0 {
      let good = Int(market.goods[pair])
      if goodHere[good] < 0 {
        goodHere[good] = Int32(originalGood.count)
        originalGood.append(good)
      }
      goods.append(goodHere[good])
      values.append(worth(pair) / best)
      originalPair.append(Int32(pair))
    }
  }
}
