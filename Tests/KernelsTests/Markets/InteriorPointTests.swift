import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct InteriorPointTests {
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.linear)
  func `a linear case has its known prices and utilities`(known: KnownMarket) throws {
    let answer = InteriorPoint().solve(known.market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.fromMean(answer.prices, known.prices) < 1e-9)
    #expect(MarketDeviation.relative(answer.utilities, known.utilities) < 1e-9)
    #expect(try EquilibriumCertificate(of: known.market, answer).holds(within: 1e-9))
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.historic)
  func `a historic market has its exact equilibrium`(known: KnownMarket) throws {
    let answer = InteriorPoint().solve(known.market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, known.prices) < 1e-12)
    #expect(MarketDeviation.relative(answer.utilities, known.utilities) < 1e-12)
    #expect(MarketDeviation.fromMean(answer.allocations, known.onPairs(known.allocations)) < 1e-12)
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 3, 7, 20, 60, 150], seeds: 0..<5))
  func `both solvers find the same exact prices`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let answer = InteriorPoint().solve(market)
    #expect(answer.status == .exact)
    #expect(try EquilibriumCertificate(of: market, answer).holds(within: 1e-10))
    let response = ProportionalResponse(sweepsMax: 200_000).solve(market)
    #expect(MarketDeviation.relative(answer.prices, response.prices) < 1e-11)
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 3, 7, 20, 60], seeds: 0..<5))
  func `without the polish the gap and every residual are reached`(
    instance: MarketInstance
  ) throws {
    let market = try MarketTables.random(instance).market()
    let answer = InteriorPoint(gapMax: 1e-7, residualMax: 1e-5, polish: nil).solve(market)
    #expect(answer.status == .converged)
    #expect(answer.gap <= 1e-7)
    let certificate = try EquilibriumCertificate(of: market, answer)
    #expect(certificate.overClearing < 1e-4)
    #expect(certificate.underClearing < 1e-4)
    #expect(certificate.budgetResidual < 1e-12)
    #expect(abs(certificate.dualityGap - answer.gap) < 1e-12)
  }

  @Test func `a limit of steps is a status with its gap`() throws {
    let market = try MarketTables.random(MarketInstance(size: 30, seed: 1)).market()
    for stepsMax in [0, 1, 3] {
      let answer = InteriorPoint(stepsMax: stepsMax, polish: nil).solve(market)
      #expect(answer.status == .stepLimit)
      #expect(answer.steps == stepsMax)
      #expect(answer.history.map(\.iteration) == Array(0...stepsMax))
      #expect(answer.gap > 1e-9)
    }
  }

  @Test func `cancellation is asked before each step and returns the iterate at hand`() throws {
    let market = try MarketTables.random(MarketInstance(size: 20, seed: 1)).market()
    var questions = 0
    let answer = InteriorPoint(polish: nil).solve(market) {
      questions += 1
      return questions > 2
    }
    #expect(answer.status == .cancelled)
    #expect(answer.steps == 2)
    #expect(answer.prices.allSatisfy { $0 > 0 })
  }

  @Test func `equal markets have equal answers to the last bit`() throws {
    let market = try MarketTables.random(MarketInstance(size: 60, seed: 9)).market()
    #expect(InteriorPoint().solve(market) == InteriorPoint().solve(market))
  }

  @Test func `a market without money or without wants has prices of 0`() throws {
    for market in [
      try FisherMarket(values: [[1, 2], [3, 4]], budgets: [0, 0]),
      try FisherMarket(values: [[0, 0]], budgets: [5]),
    ] {
      let answer = InteriorPoint().solve(market)
      #expect(answer.status == .exact)
      #expect(answer.prices == [0, 0])
      #expect(try EquilibriumCertificate(of: market, answer).holds(within: 0))
    }
  }

  @Test func `budgets of 1e-12 and 1e12 do not disturb one another`() throws {
    let market = try FisherMarket(values: [[1, 0], [1, 1]], budgets: [1e-12, 1e12])
    let answer = InteriorPoint().solve(market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, [5e11, 5e11]) < 1e-15)
    #expect(MarketDeviation.relative([answer.allocations[0]], [2e-24]) < 1e-15)
  }

  @Test(arguments: [1e-300, 1e-12, 1e12, 1e300])
  func `units of any size make the same market`(unit: Double) throws {
    let market = try FisherMarket(values: [[2 * unit, unit], [unit, 0]], budgets: [unit, unit])
    let answer = InteriorPoint().solve(market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, [4 * unit / 3, 2 * unit / 3]) < 1e-14)
  }
}
