import Foundation
import Kernels
import Testing

/// Markets of every kind of utility, drawn and certified.
@Suite struct MarketSolverTests {
  static let utilities: [MarketUtility] = [
    .linear, .quasilinear, .ces(rho: 0.5), .ces(rho: 0.9), .ces(rho: -1), .ces(rho: -10),
    .cobbDouglas, .leontief,
  ]
  static let instances = MarketInstance.grid(sizes: [1, 2, 5, 20, 40], seeds: 0..<3)

  @Test(arguments: utilities, instances)
  func `a drawn market is certified`(utility: MarketUtility, instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let answer = MarketSolver().solve(market, utility)
    #expect([.exact, .converged].contains(answer.status))
    let certificate = try EquilibriumCertificate(of: market, answer, utility)
    #expect(certificate.holds(within: 1e-8), "\(certificate)")
    #expect(certificate.dualityGap < 1e-10)
  }

  @Test(arguments: utilities, instances)
  func `goods in another unit keep their worth`(
    utility: MarketUtility, instance: MarketInstance
  ) throws {
    let tables = MarketTables.random(instance)
    var draw = instance.sequence()
    let units = tables.supplies.map { _ in 0.5 + draw.unit() }
    var scaled = tables
    scaled.supplies = zip(tables.supplies, units).map { $0 * $1 }
    scaled.values = tables.values.map { row in
      zip(row, units).map { value, unit in
        switch utility {
        case .linear, .quasilinear: value / unit
        case .ces(let rho): value / pow(unit, rho)
        case .cobbDouglas: value
        case .leontief: value * unit
        }
      }
    }
    let before = try MarketSolver().solve(tables.market(), utility)
    let after = try MarketSolver().solve(scaled.market(), utility)
    let expected = zip(before.prices, units).map { $0 / $1 }
    #expect(MarketDeviation.fromMean(after.prices, expected) < 1e-8)
  }

  @Test(arguments: utilities)
  func `renaming buyers and goods renames the prices`(utility: MarketUtility) throws {
    let instance = MarketInstance(size: 12, seed: 3)
    let tables = MarketTables.random(instance)
    var draw = instance.sequence()
    let buyers = tables.budgets.indices.shuffled(using: &draw)
    let goods = tables.supplies.indices.shuffled(using: &draw)
    let renamed = MarketTables(
      values: buyers.map { buyer in goods.map { tables.values[buyer][$0] } },
      budgets: buyers.map { tables.budgets[$0] }, supplies: goods.map { tables.supplies[$0] })
    let before = try MarketSolver().solve(tables.market(), utility)
    let after = try MarketSolver().solve(renamed.market(), utility)
    #expect(MarketDeviation.fromMean(after.prices, goods.map { before.prices[$0] }) < 1e-8)
  }

  @Test func `CES with a small exponent is near Cobb-Douglas`() throws {
    let tables = MarketTables.random(MarketInstance(size: 10, seed: 2))
    let scaled = MarketTables(
      values: tables.values.map { row in row.map { $0 / row.reduce(0, +) } },
      budgets: tables.budgets, supplies: tables.supplies)
    let limit = try MarketSolver().solve(scaled.market(), .cobbDouglas).prices
    for rho in [1e-6, -1e-6] {
      let near = try MarketSolver().solve(scaled.market(), .ces(rho: rho)).prices
      #expect(MarketDeviation.relative(near, limit) < 1e-4)
    }
  }

  @Test func `buyers keep the money that no good repays`() throws {
    let market = try FisherMarket(values: [[3, 1], [2, 4]], budgets: [100, 100])
    let answer = MarketSolver().solve(market, .quasilinear)
    #expect(MarketDeviation.relative(answer.prices, [3, 4]) < 1e-12)
    #expect(MarketDeviation.relative(answer.utilities, [100, 100]) < 1e-12)
  }

  @Test func `a good that is left over costs nothing where goods are complements`() throws {
    let market = try FisherMarket(values: [[1, 2]], budgets: [6])
    let answer = MarketSolver().solve(market, .leontief)
    #expect(answer.prices[0] == 0)
    #expect(MarketDeviation.relative([answer.prices[1]], [6]) < 1e-10)
  }

  @Test(arguments: [1e-3, 1e-4])
  func `a rough gap is reached by sweeps`(gap: Double) throws {
    let market = try MarketFamily.lognormal.market(buyers: 3000, seed: 1)
    let answer = MarketSolver(gapMax: gap).solve(market, .linear)
    #expect(answer.sweeps > 0 && answer.steps == 0)
    #expect(try EquilibriumCertificate(of: market, answer).dualityGap <= gap)
  }

  @Test(arguments: [2, 3, 7])
  func `the number of threads changes no bit`(threads: Int) throws {
    let market = try MarketFamily.randomTies.market(buyers: 25_000, seed: 4)
    let alone = ProportionalResponse(gapMax: 1e-3, polish: nil).solve(market)
    let shared = ProportionalResponse(gapMax: 1e-3, polish: nil, threads: threads).solve(market)
    #expect(alone == shared)
  }

  @Test(arguments: utilities)
  func `cancellation returns the iterate at hand`(utility: MarketUtility) throws {
    let market = try MarketTables.random(MarketInstance(size: 20, seed: 1)).market()
    let answer = MarketSolver().solve(market, utility) { true }
    if utility != .cobbDouglas { #expect(answer.status == .cancelled) }
  }

  @Test(arguments: utilities)
  func `a market without money or without wants has prices of 0`(utility: MarketUtility) throws {
    for market in [
      try FisherMarket(values: [[1, 2], [3, 4]], budgets: [0, 0]),
      try FisherMarket(values: [[0, 0]], budgets: [5]),
    ] {
      #expect(MarketSolver().solve(market, utility).prices == [0, 0])
    }
  }
}
