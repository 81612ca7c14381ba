import Kernels
import Pipeline

/// A market with prices and allocations, as they stand in an artifact.
struct SolvedMarket {
  let market: FisherMarket
  let model: Equilibrium.Model
  let prices: [Double]
  /// Units on each of the market's pairs.
  let allocations: [Double]

  init(_ artifact: ArtifactReader) throws(DataError) {
    typealias A = EquilibriumArtifact
    let columns = try MarketInstance.readHDF5(artifact, A.schema.name)
    let instance = try MarketInstance(name: A.schema.name, columns: columns)
    let market = try instance.market()
    self.market = market
    model = instance.model
    prices = try artifact.read(A.prices)
    guard artifact.contains(A.allocations.name) else {
      allocations = try artifact.read(A.allocationUnits)
      return
    }
    let cells = try artifact.read(A.allocations)
    allocations = (0..<market.buyerCount).flatMap { buyer in
      market.pairs(of: buyer).map { cells[buyer * market.goodCount + Int(market.goods[$0])] }
    }
  }

  /// Dearest first, equals by number.
  var goodsByPrice: [Int] {
    prices.indices.sorted { prices[$0] != prices[$1] ? prices[$0] > prices[$1] : $0 < $1 }
  }

  /// Of each good: units handed out, and to how many buyers.
  var sold: [(units: Double, buyers: Int)] {
    var sold = Array(repeating: (units: 0.0, buyers: 0), count: market.goodCount)
    for (good, units) in zip(market.goods, allocations) where units > 0 {
      sold[Int(good)].units += units
      sold[Int(good)].buyers += 1
    }
    return sold
  }

  /// `[buyer][good]`, row by row; 0 for a buyer without money.
  var spendingShares: [Double] {
    let rows = market.matrix(allocations)
    return rows.indices.flatMap { buyer in
      rows[buyer].indices.map { good in
        market.budgets[buyer] > 0
          ? rows[buyer][good] * prices[good] / market.budgets[buyer] : 0
      }
    }
  }

  /// A buyer or a good on a walk.
  struct Stop {
    let index: Int
    let isBuyer: Bool
  }

  /// One walk per connected component of the pairs that carry money, over each of its edges.
  var supportWalks: [[Stop]] {
    var neighbours = Array(repeating: [Int](), count: market.buyerCount + market.goodCount)
    for buyer in 0..<market.buyerCount {
      for pair in market.pairs(of: buyer) where allocations[pair] > 0 {
        let good = market.buyerCount + Int(market.goods[pair])
        neighbours[buyer].append(good)
        neighbours[good].append(buyer)
      }
    }
    var isSeen = neighbours.map(\.isEmpty)
    return (0..<market.buyerCount).filter { !isSeen[$0] }.compactMap { root in
      isSeen[root] ? nil : walk(from: root, neighbours, &isSeen)
    }
  }

  /// Depth first, without recursion: every edge is drawn when it is first seen, and gone back.
  private func walk(
    from root: Int, _ neighbours: [[Int]], _ isSeen: inout [Bool]
  ) -> [Stop] {
    func stop(_ vertex: Int) -> Stop {
      vertex < market.buyerCount
        ? Stop(index: vertex, isBuyer: true)
        : Stop(index: vertex - market.buyerCount, isBuyer: false)
    }
    var stops = [stop(root)]
    var path = [(vertex: root, next: 0)]
    isSeen[root] = true
    while let (vertex, next) = path.last {
      guard next < neighbours[vertex].count else {
        path.removeLast()
        if let back = path.last { stops.append(stop(back.vertex)) }
        continue
      }
      path[path.count - 1].next += 1
      let other = neighbours[vertex][next]
      if path.count > 1, path[path.count - 2].vertex == other { continue }
      stops.append(stop(other))
      if isSeen[other] {
        stops.append(stop(vertex))
      } else {
        isSeen[other] = true
        path.append((other, 0))
      }
    }
    return stops
  }
}
