/// The connected components of a market, each of which is a market of its own.
///
///     let parts = MarketComponents(market)
///     parts.count  // 1 where every buyer reaches every good by way of wanted goods
///
/// No money passes from one component to another, so prices in one do not depend on the others, and a
/// poor component is solved as well as if there were no rich ones. Buyers without money or wants, and
/// goods that nobody else wants, belong to none. Components stand in the order of their first buyers.
/// O(pairs) but for the inverse of Ackermann's function.
struct MarketComponents {
  private let market: FisherMarket
  /// Of each buyer, then of each good; -1 for those who are in none.
  private let component: [Int32]
  let count: Int

  init(_ market: FisherMarket) {
    self.market = market
    var sets = DisjointSets(count: market.buyerCount + market.goodCount)
    for buyer in 0..<market.buyerCount where market.budgets[buyer] > 0 {
      for pair in market.pairs(of: buyer) where market.values[pair] > 0 {
        sets.join(buyer, market.buyerCount + Int(market.goods[pair]))
      }
    }
    var component = Array(repeating: Int32(-1), count: market.buyerCount + market.goodCount)
    var count: Int32 = 0
    for buyer in 0..<market.buyerCount where !sets.isAlone(buyer) {
      let root = sets.root(of: buyer)
      if component[root] < 0 {
        component[root] = count
        count += 1
      }
      component[buyer] = component[root]
    }
    for vertex in component.indices where component[vertex] < 0 {
      component[vertex] = component[sets.root(of: vertex)]
    }
    self.component = component
    self.count = Int(count)
  }

  /// A component as a market, with the numbers of its pairs and goods in the whole one.
  struct Part {
    let market: FisherMarket
    let pairs: [Int]
    let goods: [Int]
  }

  /// All components, in their order; O(pairs).
  func parts() -> [Part] {
    var (buyers, goods) = (
      Array(repeating: [Int](), count: count), Array(repeating: [Int](), count: count)
    )
    for buyer in 0..<market.buyerCount where component[buyer] >= 0 {
      buyers[Int(component[buyer])].append(buyer)
    }
    var place = Array(repeating: Int32(-1), count: market.goodCount)
    for good in 0..<market.goodCount where component[market.buyerCount + good] >= 0 {
      let part = Int(component[market.buyerCount + good])
      place[good] = Int32(goods[part].count)
      goods[part].append(good)
    }
    return (0..<count).map { part(of: buyers[$0], goods[$0], place) }
  }

  private func part(of buyers: [Int], _ goods: [Int], _ place: [Int32]) -> Part {
    var (offsets, pairs) = ([0], [Int]())
    for buyer in buyers {
      pairs += market.pairs(of: buyer).filter { market.values[$0] > 0 }
      offsets.append(pairs.count)
    }
    let part = FisherMarket(
      part: offsets, goods: pairs.map { place[Int(market.goods[$0])] },
      values: pairs.map { market.values[$0] }, budgets: buyers.map { market.budgets[$0] },
      supplies: goods.map { market.supplies[$0] })
    return Part(market: part, pairs: pairs, goods: goods)
  }
}

extension MarketEquilibrium {
  /// The answer of a whole market from those of its components.
  ///
  /// Sweeps and steps are those of all together, the gap is their mean weighted by money, the status
  /// the worst one, and the history that of the component with the most pairs.
  init(
    _ answers: [MarketEquilibrium], of parts: [MarketComponents.Part], in market: FisherMarket,
    _ utility: MarketUtility
  ) {
    var prices = Array(repeating: 0.0, count: market.goodCount)
    var spending = Array(repeating: 0.0, count: market.pairCount)
    var allocations = spending
    var (gap, money) = (0.0, 0.0)
    for (part, answer) in zip(parts, answers) {
      for (here, good) in part.goods.enumerated() { prices[good] = answer.prices[here] }
      for (here, pair) in part.pairs.enumerated() {
        spending[pair] = answer.spending[here]
        allocations[pair] = answer.allocations[here]
      }
      let weight = part.market.budgets.reduce(0, +)
      gap += weight * answer.gap
      money += weight
    }
    let largest = parts.indices.max { parts[$0].pairs.count < parts[$1].pairs.count }
    self.init(
      prices: prices, spending: spending, allocations: allocations,
      utilities: market.utilities(of: allocations, at: prices, utility),
      sweeps: answers.reduce(0) { $0 + $1.sweeps }, steps: answers.reduce(0) { $0 + $1.steps },
      innerSteps: answers.reduce(0) { $0 + $1.innerSteps },
      history: largest.map { answers[$0].history } ?? [], gap: money > 0 ? gap / money : 0,
      status: answers.map(\.status).max { $0.severity < $1.severity } ?? .exact)
  }
}

extension MarketEquilibrium.Status {
  /// How little the answer may be relied on.
  fileprivate var severity: Int {
    switch self {
    case .exact: 0
    case .converged: 1
    case .stalled: 2
    case .stepLimit: 3
    case .sweepLimit: 4
    case .cancelled: 5
    }
  }
}
