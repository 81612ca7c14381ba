import Kernels
import TestSupport
import Testing

@Suite struct KnownMarketTests {
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.linear)
  func `a linear case has its known prices and utilities`(known: KnownMarket) throws {
    let answer = ProportionalResponse().solve(known.market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.fromMean(answer.prices, known.prices) < 1e-9)
    #expect(MarketDeviation.relative(answer.utilities, known.utilities) < 1e-9)
    #expect(try EquilibriumCertificate(of: known.market, answer).holds(within: 1e-9))
    if known.isAllocationUnique {
      let expected = known.onPairs(known.allocations)
      #expect(MarketDeviation.fromMean(answer.allocations, expected) < 1e-9)
    }
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.historic)
  func `a historic market has its exact equilibrium`(known: KnownMarket) throws {
    let answer = ProportionalResponse().solve(known.market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, known.prices) < 1e-12)
    #expect(MarketDeviation.relative(answer.utilities, known.utilities) < 1e-12)
    #expect(MarketDeviation.fromMean(answer.allocations, known.onPairs(known.allocations)) < 1e-12)
    #expect(try EquilibriumCertificate(of: known.market, answer).holds(within: 1e-12))
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.historic)
  func `proportional response alone comes within 1e-6 of a historic market`(
    known: KnownMarket
  ) throws {
    let response = ProportionalResponse(gapMax: 1e-13, sweepsMax: 100_000, polish: nil)
    let answer = response.solve(known.market)
    #expect(answer.status == .converged)
    #expect(MarketDeviation.relative(answer.prices, known.prices) < 1e-6)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `every reference case was read`() {
    #expect(KnownMarket.linear.count == 12)
    #expect(KnownMarket.historic.map(\.name) == ["2017-08-21", "2017-08-30"])
  }

  @Test func `the market of 2017-08-21 has the prices of its rational solution`() throws {
    let market = try FisherMarket(
      values: [
        [9.81471461126, 7.96221948118, 9.58615830791],
        [4.11738618411, 7.57686674662, 9.05748878058],
        [2.64017851687, 4.77344776227, 6.78488255232],
      ],
      budgets: [10355.741342, 19225.7185186, 13618.6211879])
    let prices = ProportionalResponse().solve(market).prices
    let exact = [10355.741342, 14960.434441235004, 17883.905265264995]
    #expect(MarketDeviation.relative(prices, exact) < 1e-14)
  }

  @Test func `budgets of 1e-12 and 1e12 do not disturb one another`() throws {
    let market = try FisherMarket(values: [[1, 0], [1, 1]], budgets: [1e-12, 1e12])
    let answer = ProportionalResponse().solve(market)
    #expect(answer.status == .exact)
    #expect(MarketDeviation.relative(answer.prices, [5e11, 5e11]) < 1e-15)
    #expect(MarketDeviation.relative([answer.allocations[0]], [2e-24]) < 1e-15)
  }
}
