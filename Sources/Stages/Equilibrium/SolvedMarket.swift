import Kernels
import Pipeline

/// A market with prices and allocations, as they stand in an artifact.
struct SolvedMarket {
  let market: FisherMarket
  let prices: [Double]
  /// Units on each of the market's pairs.
  let allocations: [Double]

  init(_ artifact: ArtifactReader) throws(DataError) {
    typealias A = EquilibriumArtifact
    let columns = try MarketInstance.readHDF5(artifact, A.schema.name)
    let market = try MarketInstance(name: A.schema.name, columns: columns).market()
    self.market = market
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
}
