import Foundation
import Kernels
import Testing

@Suite struct ProportionalResponseTests {
  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 3, 7, 20, 60], seeds: 0..<5))
  func `random markets are solved to a certified gap`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let answer = ProportionalResponse(gapMax: 1e-5).solve(market)
    let certificate = try EquilibriumCertificate(of: market, answer)
    #expect(answer.gap <= 1e-5)
    #expect(abs(certificate.dualityGap - answer.gap) < 1e-12)
    #expect(certificate.overClearing < 1e-12)
    #expect(certificate.underClearing < 1e-12)
    #expect(certificate.budgetResidual < 1e-12)
    if answer.status == .exact { #expect(certificate.holds(within: 1e-10)) }
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 5, 30], seeds: 0..<3))
  func `checkpoints are geometric and end with the answer's gap`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let answer = ProportionalResponse(gapMax: 1e-6, sweepsMax: 2000, polish: nil).solve(market)
    let sweeps = answer.history.map(\.iteration)
    let last = try #require(answer.history.last)
    #expect(last.iteration == answer.sweeps)
    // The same sum in another order.
    #expect(abs(last.gap - answer.gap) < 1e-14)
    #expect(zip(sweeps, sweeps.dropFirst()).allSatisfy { $0 < $1 })
    #expect(answer.history.count < 40)
    #expect(answer.history.allSatisfy { $0.gap > -1e-15 })
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 5, 30], seeds: 0..<3))
  func `each sweep raises the objective of Shmyrev's program`(instance: MarketInstance) throws {
    var tables = MarketTables.random(instance)
    tables.supplies = tables.supplies.map { _ in 1 }
    let market = try tables.market()
    let objectives = (0..<40).map { sweeps in
      let answer = ProportionalResponse(
        sweepsMax: sweeps, polish: nil, isAccelerated: false
      ).solve(market)
      let gain = zip(answer.spending, market.values).reduce(0) { $0 + $1.0 * log($1.1) }
      return gain - answer.prices.reduce(0) { $0 + $1 * log($1) }
    }
    #expect(zip(objectives, objectives.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 * abs($1) })
  }

  @Test func `a limit of sweeps is a status with its gap`() throws {
    let market = try MarketTables.random(MarketInstance(size: 30, seed: 1)).market()
    for sweepsMax in [0, 1, 7] {
      let answer = ProportionalResponse(sweepsMax: sweepsMax, polish: nil).solve(market)
      #expect(answer.status == .sweepLimit)
      #expect(answer.sweeps == sweepsMax)
      #expect(answer.history.last?.iteration == sweepsMax)
      #expect(answer.gap > 1e-9)
    }
  }

  @Test func `cancellation is asked before each sweep and returns the iterate at hand`() throws {
    let market = try MarketTables.random(MarketInstance(size: 10, seed: 1)).market()
    var questions = 0
    let answer = ProportionalResponse(polish: nil).solve(market) {
      questions += 1
      return questions > 6
    }
    #expect(answer.status == .cancelled)
    #expect(answer.sweeps == 6)
    #expect(answer.prices.allSatisfy { $0 > 0 })
  }

  @Test func `equal markets have equal answers to the last bit`() throws {
    let market = try MarketTables.random(MarketInstance(size: 40, seed: 9)).market()
    #expect(ProportionalResponse().solve(market) == ProportionalResponse().solve(market))
  }

  @Test func `a market without money or without wants has prices of 0`() throws {
    for market in [
      try FisherMarket(values: [[1, 2], [3, 4]], budgets: [0, 0]),
      try FisherMarket(values: [[0, 0]], budgets: [5]),
    ] {
      let answer = ProportionalResponse().solve(market)
      #expect(answer.status == .exact)
      #expect(answer.prices == [0, 0])
      #expect(answer.allocations.allSatisfy { $0 == 0 })
      #expect(try EquilibriumCertificate(of: market, answer).holds(within: 0))
    }
  }

  @Test func `unwanted goods cost nothing and idle buyers buy nothing`() throws {
    let market = try FisherMarket(
      values: [[1, 0, 2], [0, 0, 0], [5, 0, 0], [0, 9, 0]], budgets: [2, 3, 4, 0])
    let answer = ProportionalResponse().solve(market)
    #expect(answer.prices[1] == 0)
    #expect(answer.utilities[1] == 0)
    #expect(answer.utilities[3] == 0)
    #expect(MarketDeviation.relative([answer.prices[0], answer.prices[2]], [4, 2]) < 1e-14)
    #expect(try EquilibriumCertificate(of: market, answer).holds(within: 1e-12))
  }

  @Test(arguments: [1e-300, 1e-12, 1e12, 1e300])
  func `units of any size make the same market`(unit: Double) throws {
    let market = try FisherMarket(values: [[2 * unit, unit], [unit, 0]], budgets: [unit, unit])
    let answer = ProportionalResponse().solve(market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, [4 * unit / 3, 2 * unit / 3]) < 1e-14)
  }

  @Test func `a good that is worth next to nothing keeps its price`() throws {
    let market = try FisherMarket(values: [[1, 1e-280]], budgets: [1])
    let answer = ProportionalResponse().solve(market)
    #expect(MarketDeviation.relative(answer.prices, [1, 1e-280]) < 1e-14)
  }
}
