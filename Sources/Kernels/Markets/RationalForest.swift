/// Prices and bids on a spanning forest of a market's support, in exact fractions.
///
/// Vertices are buyers, then goods. Buyers without money or wants and goods that no other buyer wants
/// are no vertices: such a good has price 0.
struct RationalForest {
  private let market: FisherMarket
  private let exact: RationalMarket
  private var isActive: [Bool]
  private var order: [Int] = []
  private var parent: [Int]
  private var parentPair: [Int]
  /// Price of a good, or price of a buyer's utility.
  private var worth: [Rational]
  /// Money on each pair.
  private var bids: [Rational]
  /// What each root lacks in the end.
  private var left: [Rational] = []
  private(set) var roots: [Int] = []
  private(set) var joined = 0

  var prices: [Rational] {
    (0..<market.goodCount).map { worth[market.buyerCount + $0] }
  }

  init(_ market: FisherMarket, _ exact: RationalMarket, spending: [Double]) {
    (self.market, self.exact) = (market, exact)
    let count = market.buyerCount + market.goodCount
    isActive = Array(repeating: false, count: count)
    parent = Array(repeating: -1, count: count)
    parentPair = parent
    worth = Array(repeating: Rational(0), count: count)
    bids = Array(repeating: Rational(0), count: market.pairCount)
    for buyer in 0..<market.buyerCount where market.budgets[buyer] > 0 {
      for pair in market.pairs(of: buyer) where market.values[pair] > 0 {
        isActive[buyer] = true
        isActive[market.buyerCount + Int(market.goods[pair])] = true
      }
    }
    grow(spending)
  }

  /// A maximum spanning forest by spending; the other pairs of the support keep their bids.
  private mutating func grow(_ spending: [Double]) {
    var arcs = Array(repeating: [(vertex: Int, pair: Int)](), count: parent.count)
    var leader = Array(0..<parent.count)
    func find(_ vertex: Int) -> Int {
      var vertex = vertex
      while leader[vertex] != vertex { vertex = leader[vertex] }
      return vertex
    }
    let buyerOf = (0..<market.buyerCount).flatMap { buyer in
      market.pairs(of: buyer).map { _ in buyer }
    }
    let support = spending.indices.filter { spending[$0] > 0 && isActive[buyerOf[$0]] }
    let heaviest = support.sorted {
      spending[$0] != spending[$1] ? spending[$0] > spending[$1] : $0 < $1
    }
    for pair in heaviest {
      let (buyer, good) = (buyerOf[pair], market.buyerCount + Int(market.goods[pair]))
      let (a, b) = (find(buyer), find(good))
      guard a != b else {
        bids[pair] = Rational(spending[pair]) ?? Rational(0)
        continue
      }
      leader[a] = b
      joined += 1
      arcs[buyer].append((good, pair))
      arcs[good].append((buyer, pair))
    }
    walk(arcs)
  }

  private mutating func walk(_ arcs: [[(vertex: Int, pair: Int)]]) {
    var isPlaced = isActive.map { !$0 }
    for root in parent.indices where !isPlaced[root] {
      roots.append(root)
      isPlaced[root] = true
      var next = order.count
      order.append(root)
      while next < order.count {
        let vertex = order[next]
        next += 1
        for arc in arcs[vertex] where !isPlaced[arc.vertex] {
          isPlaced[arc.vertex] = true
          (parent[arc.vertex], parentPair[arc.vertex]) = (vertex, arc.pair)
          order.append(arc.vertex)
        }
      }
    }
  }

  private func isBuyer(_ vertex: Int) -> Bool { vertex < market.buyerCount }

  private func supply(_ vertex: Int) -> Rational { exact.supplies[vertex - market.buyerCount] }

  /// Prices by equal bang per buck, then bids by eliminating leaves.
  mutating func solve() {
    let starts = roots.map { root in order.firstIndex(of: root) ?? 0 } + [order.count]
    for tree in roots.indices { price(order[starts[tree]..<starts[tree + 1]]) }
    var needs = worth.indices.map { vertex in
      isBuyer(vertex) ? exact.budgets[vertex] : worth[vertex] * supply(vertex)
    }
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) where bids[pair] > Rational(0) {
        needs[buyer] -= bids[pair]
        needs[market.buyerCount + Int(market.goods[pair])] -= bids[pair]
      }
    }
    for vertex in order.reversed() where parent[vertex] >= 0 {
      bids[parentPair[vertex]] = needs[vertex]
      needs[parent[vertex]] -= needs[vertex]
    }
    left = roots.map { needs[$0] }
  }

  private mutating func price(_ tree: ArraySlice<Int>) {
    var (money, sum) = (Rational(0), Rational(0))
    for vertex in tree {
      if parent[vertex] < 0 {
        worth[vertex] = Rational(1)
      } else {
        let (value, above) = (exact.values[parentPair[vertex]], worth[parent[vertex]])
        worth[vertex] = isBuyer(vertex) ? above / value : above * value
      }
      if isBuyer(vertex) {
        money += exact.budgets[vertex]
      } else {
        sum += worth[vertex] * supply(vertex)
      }
    }
    guard sum > Rational(0) else { return }
    let scale = money / sum
    for vertex in tree { worth[vertex] = worth[vertex] * scale }
  }

  /// Whether every condition of an equilibrium holds, without rounding.
  func isEquilibrium() -> Bool {
    let zero = Rational(0)
    guard left.allSatisfy({ $0 == zero }), !bids.contains(where: { $0 < zero }) else {
      return false
    }
    for buyer in 0..<market.buyerCount where isActive[buyer] {
      for pair in market.pairs(of: buyer) {
        let price = worth[market.buyerCount + Int(market.goods[pair])]
        let offer = worth[buyer] * exact.values[pair]
        guard offer <= price, bids[pair] == zero || offer == price else { return false }
      }
    }
    return true
  }
}
