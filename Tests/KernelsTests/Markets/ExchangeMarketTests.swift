import Kernels
import Testing

@Suite struct ExchangeMarketTests {
  @Test func `two Cobb-Douglas traders pay twice as much for the second good`() throws {
    let exchange = try ExchangeMarket(
      values: [[0.5, 0.5], [0.25, 0.75]], endowments: [[1, 0], [0, 1]])
    let exchanged = exchange.solve(.cobbDouglas)
    let (market, answer) = (exchanged.market, exchanged.equilibrium)
    #expect(exchanged.isConverged)
    #expect(abs(answer.prices[1] / answer.prices[0] - 2) < 1e-11)
    #expect(MarketDeviation.fromMean(answer.allocations, [0.5, 0.25, 0.5, 0.75]) < 1e-11)
    #expect(MarketDeviation.relative(market.budgets, answer.prices) < 1e-11)
  }

  @Test(arguments: [MarketUtility.ces(rho: 0.5), .cobbDouglas, .linear])
  func `every trader spends what it brought`(utility: MarketUtility) throws {
    var draw = RandomStream(seed: 5, name: "test.exchange").sequence()
    let values = (0..<6).map { _ in (0..<4).map { _ in 0.1 + draw.unit() } }
    let endowments = (0..<6).map { _ in (0..<4).map { _ in draw.unit() } }
    let exchange = try ExchangeMarket(values: values, endowments: endowments)
    let exchanged = exchange.solve(utility)
    let (market, answer) = (exchanged.market, exchanged.equilibrium)
    #expect(exchanged.isConverged)
    #expect(exchanged.residuals.last.map { $0 <= 1e-13 } == true)
    let proceeds = endowments.map { zip($0, answer.prices).reduce(0) { $0 + $1.0 * $1.1 } }
    #expect(MarketDeviation.relative(market.budgets, proceeds) < 1e-10)
    #expect(try EquilibriumCertificate(of: market, answer, utility).holds(within: 1e-8))
  }

  @Test func `a row of endowments for each trader, and a number for each good`() {
    #expect(throws: MarketError.wrongCount(of: .endowments, expected: 1, found: 2)) {
      try ExchangeMarket(values: [[1]], endowments: [[1], [1]])
    }
    #expect(throws: MarketError.invalidEndowment(buyer: 0, good: 0, value: -1)) {
      try ExchangeMarket(values: [[1]], endowments: [[-1]])
    }
  }

  @Test func `a good that nobody brings is named`() {
    #expect(throws: MarketError.invalidSupply(good: 1, value: 0)) {
      try ExchangeMarket(values: [[1, 1]], endowments: [[1, 0]])
    }
  }
}
