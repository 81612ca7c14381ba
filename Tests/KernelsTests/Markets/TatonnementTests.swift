import Kernels
import Testing

@Suite struct TatonnementTests {
  @Test func `prices of Cobb-Douglas buyers settle after 44 steps`() throws {
    let market = try FisherMarket(
      values: [[0.5, 0.5, 0], [0.2, 0.3, 0.5], [0, 0, 1]], budgets: [10, 20, 5])
    let path = Tatonnement().run(market, .cobbDouglas, from: [1, 1, 1])
    #expect(path.outcome == .converged)
    let first = try #require(
      path.prices.firstIndex { MarketDeviation.relative($0, [9, 11, 15]) <= 1e-12 })
    #expect(first == 44)
    #expect(path.prices.allSatisfy { $0.allSatisfy { $0 > 0 } })
  }

  @Test func `linear buyers make prices cycle`() throws {
    let market = try FisherMarket(values: [[2, 1], [1, 1.5]], budgets: [3, 1])
    let path = Tatonnement(stepsMax: 400).run(market, .linear, from: [1, 1])
    #expect(path.outcome == .cycling)
    #expect(path.prices.allSatisfy { $0.allSatisfy { $0 > 0 } })
  }

  @Test func `substitutes settle at the prices of the solver`() throws {
    let market = try MarketTables.random(MarketInstance(size: 8, seed: 1)).market()
    let solved = MarketSolver().solve(market, .ces(rho: 0.3)).prices
    let path = Tatonnement(rate: 0.2, stepsMax: 5000).run(
      market, .ces(rho: 0.3), from: Array(repeating: 1, count: 8))
    #expect(path.outcome == .converged)
    #expect(MarketDeviation.relative(try #require(path.prices.last), solved) < 1e-9)
  }
}
