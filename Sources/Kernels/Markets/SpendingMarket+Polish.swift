/// The equilibrium from its support.
extension SpendingMarket {
  /// The exact bids near rough ones, or nil where their support is not that of the equilibrium.
  ///
  /// Segments are empty, full, or in between. In between a price is the rate over the buyer's bang per
  /// buck, so along a tree of such segments all prices are known but for a factor, which the money gives:
  ///
  ///     sum_j p_j s_j = sum_i B_i - (full bids of its buyers) + (full bids on its goods)
  ///
  /// Bids follow from the leaves inwards. O(segments log segments).
  func polished(_ rough: [Double]) -> [Double]? {
    for part in Self.freeParts {
      if let exact = polished(rough, freeFrom: part) { return exact }
    }
    return nil
  }

  /// Parts of the budget by which a bid must be above 0 and below its cap to count as in between.
  private static let freeParts = [1e-2, 1e-3, 1e-4, 1e-6]

  private func polished(_ rough: [Double], freeFrom part: Double) -> [Double]? {
    let tree = supportForest(rough, freeFrom: part)
    var bids = rough.indices.map { e in
      tree.isFree[e] || rough[e] < 0.5 * segments[e].cap && rough[e] < 0.5 * budgets[buyer(of: e)]
        ? 0 : min(rough[e], segments[e].cap)
    }
    for e in bids.indices where !tree.isFree[e] && bids[e] > 0 {
      guard segments[e].cap.isFinite else { return nil }
      bids[e] = segments[e].cap
    }
    // Money that each vertex still has to spend, or that its supply still has to take in.
    var needs = budgets + Array(repeating: 0, count: goodCount)
    for e in bids.indices where bids[e] > 0 { needs[buyer(of: e)] -= bids[e] }
    guard var prices = prices(along: tree, fullBids: bids, needs: needs) else { return nil }
    for e in bids.indices where bids[e] > 0 {
      needs[buyerCount + segments[e].good] -= bids[e]
    }
    for good in 0..<goodCount where prices[good] > 0 {
      needs[buyerCount + good] += prices[good] * supplies[good]
    }
    for vertex in tree.order.reversed() {
      guard let e = tree.parent[vertex] else { continue }
      bids[e] = needs[vertex]
      let above = vertex < buyerCount ? buyerCount + segments[e].good : buyer(of: e)
      needs[above] -= needs[vertex]
    }
    let slack = 1e-11 * (budgets.max() ?? 1)
    guard
      bids.indices.allSatisfy({ bids[$0] >= -slack && bids[$0] <= segments[$0].cap + slack })
    else { return nil }
    bids = bids.indices.map { min(max(bids[$0], 0), segments[$0].cap) }
    prices = self.prices(of: bids)
    return gap(of: bids, at: prices) < 1e-13 && spendsAll(bids) ? bids : nil
  }

  private func spendsAll(_ bids: [Double]) -> Bool {
    (0..<buyerCount).allSatisfy { buyer in
      let spent = segments(of: buyer).reduce(0) { $0 + bids[$1] }
      return abs(spent - budgets[buyer]) <= 1e-11 * budgets[buyer]
    }
  }

  private func buyer(of segment: Int) -> Int {
    var (low, high) = (0, buyerCount)
    while high - low > 1 {
      let middle = (low + high) / 2
      if offsets[middle] <= segment { low = middle } else { high = middle }
    }
    return low
  }

  /// Trees of segments between empty and full, each vertex after its parent.
  private struct Forest {
    var isFree: [Bool]
    /// Buyers, then goods, from each root outwards.
    var order: [Int] = []
    /// The segment that leads to the root; none at a root.
    var parent: [Int?]
    /// The root of each vertex.
    var root: [Int]
  }

  /// A spanning forest of the segments that are furthest from being empty or full.
  private func supportForest(_ rough: [Double], freeFrom part: Double) -> Forest {
    let vertexCount = buyerCount + goodCount
    let slack = rough.indices.map { min(rough[$0], segments[$0].cap - rough[$0]) }
    let edges = rough.indices.filter { slack[$0] > part * budgets[buyer(of: $0)] }
      .sorted { slack[$0] != slack[$1] ? slack[$0] > slack[$1] : $0 < $1 }
    var sets = DisjointSets(count: vertexCount)
    var forest = Forest(
      isFree: Array(repeating: false, count: rough.count),
      parent: Array(repeating: nil, count: vertexCount), root: Array(0..<vertexCount))
    var neighbours = Array(repeating: [(vertex: Int, segment: Int)](), count: vertexCount)
    for e in edges {
      let (buyer, good) = (buyer(of: e), buyerCount + segments[e].good)
      guard sets.root(of: buyer) != sets.root(of: good) else { continue }
      sets.join(buyer, good)
      forest.isFree[e] = true
      neighbours[buyer].append((good, e))
      neighbours[good].append((buyer, e))
    }
    var isSeen = Array(repeating: false, count: vertexCount)
    for start in (0..<vertexCount).reversed() where !isSeen[start] {
      isSeen[start] = true
      var next = forest.order.count
      forest.order.append(start)
      while next < forest.order.count {
        let vertex = forest.order[next]
        next += 1
        for (other, e) in neighbours[vertex] where !isSeen[other] {
          isSeen[other] = true
          forest.parent[other] = e
          forest.root[other] = start
          forest.order.append(other)
        }
      }
    }
    return forest
  }

  /// Prices along each tree, scaled to its money; goods that only full bids reach take those.
  private func prices(
    along forest: Forest, fullBids: [Double], needs: [Double]
  ) -> [Double]? {
    let vertexCount = buyerCount + goodCount
    var level = Array(repeating: 1.0, count: vertexCount)
    var (money, worth) = (needs, Array(repeating: 0.0, count: vertexCount))
    for (e, bid) in fullBids.enumerated() where bid > 0 {
      money[buyerCount + segments[e].good] += bid
    }
    for vertex in forest.order {
      if let e = forest.parent[vertex] {
        // A buyer's level is its price of utility: p = level * rate.
        level[vertex] =
          vertex < buyerCount
          ? level[buyerCount + segments[e].good] / segments[e].rate
          : level[buyer(of: e)] * segments[e].rate
      }
      let root = forest.root[vertex]
      if root != vertex { money[root] += money[vertex] }
      if vertex >= buyerCount { worth[root] += level[vertex] * supplies[vertex - buyerCount] }
    }
    let prices = (0..<goodCount).map { good in
      let root = forest.root[buyerCount + good]
      return level[buyerCount + good] * money[root] / worth[root]
    }
    return prices.allSatisfy { $0 >= 0 && $0.isFinite } ? prices : nil
  }
}
