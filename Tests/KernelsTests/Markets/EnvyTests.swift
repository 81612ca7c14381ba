import Kernels
import Testing

@Suite struct EnvyTests {
  @Test func `who is given the worse half envies the other`() throws {
    let market = try FisherMarket(values: [[2, 1], [2, 1]], budgets: [1, 1])
    #expect(Envy.largest(in: market, .linear, [1, 0, 0, 1]) == 1)
    #expect(Envy.largest(in: market, .linear, [0.5, 0.5, 0.5, 0.5]) == 0)
    #expect(Envy.largest(in: market, .leontief, [0.2, 0.4, 0.3, 0.6]) != 0)
  }

  @Test(
    arguments: [MarketUtility.linear, .ces(rho: 0.5), .ces(rho: -1), .cobbDouglas, .leontief],
    MarketInstance.grid(sizes: [2, 10, 25], seeds: 0..<3))
  func `equal incomes leave no envy, unequal ones some`(
    utility: MarketUtility, instance: MarketInstance
  ) throws {
    let market = try MarketTables.random(instance).market()
    let equal = market.withBudgets(Array(repeating: 1, count: market.buyerCount))
    let answer = MarketSolver().solve(equal, utility)
    #expect(try #require(Envy.largest(in: equal, utility, answer.allocations)) < 1e-7)
    let alike = try FisherMarket(
      values: Array(repeating: [1, 2, 3], count: 2), budgets: [1, 3])
    let unequal = MarketSolver().solve(alike, utility)
    let envy = try #require(Envy.largest(in: alike, utility, unequal.allocations))
    #expect(abs(envy - 2) < 1e-7, "three times the money, three times the bundle: \(envy)")
  }
}
