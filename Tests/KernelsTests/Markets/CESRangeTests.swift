import Testing

@testable import Kernels

/// CES markets of a mild range are computed with powers and products, others with logarithms.
@Suite("Ranges of CES markets")
struct CESRangeTests {
  private func market(with smallest: Double?) throws -> FisherMarket {
    var draw = RandomStream(seed: 9, name: "ces-range").sequence()
    var rows: [[Double]] = []
    for _ in 0..<7 { rows.append((0..<5).map { _ in 0.1 + draw.unit() }) }
    rows[2][3] = smallest ?? 0
    rows[5][0] = smallest ?? 0
    return try FisherMarket(values: rows, budgets: (0..<7).map { _ in 0.5 + draw.unit() })
  }

  private func run(_ market: FisherMarket, rho: Double) -> CESRun {
    CESRun(NormalisedMarket(market), of: market, settings: CESNewton(rho: rho))
  }

  @Test func `a value too small for products takes the way of logarithms`() throws {
    let mild = run(try market(with: nil), rho: 0.5).areWeightsLogarithms
    let wide = run(try market(with: 1e-100), rho: 0.5).areWeightsLogarithms
    #expect(!mild && wide)
  }

  @Test(arguments: [0.3, 0.5, 0.8, 0.95])
  func `both ways find the same prices`(rho: Double) throws {
    // At these exponents a value of 1e-100 moves no price by a bit that counts.
    let mild = CESNewton(rho: rho).solve(try market(with: nil))
    let wide = CESNewton(rho: rho).solve(try market(with: 1e-100))
    #expect(mild.status == .converged && wide.status == .converged)
    for (a, b) in zip(mild.prices, wide.prices) { #expect(abs(a / b - 1) < 1e-11) }
  }

  @Test(arguments: [0.5, -0.7])
  func `prices far apart are found from products too`(rho: Double) throws {
    // Supplies over 1e40: the powers of prices leave the range, the weights do not.
    func value(_ buyer: Int, _ good: Int) -> Double { Double(1 + (3 * buyer + 5 * good) % 7) }
    let rows: [[Double]] = (0..<6).map { buyer in (0..<4).map { good in value(buyer, good) } }
    let budgets: [Double] = [1, 2, 3, 4, 5, 6]
    let market = try FisherMarket(
      values: rows, budgets: budgets, supplies: [1e-40, 1, 1e20, 1e40])
    let answer = CESNewton(rho: rho).solve(market)
    let certificate = try EquilibriumCertificate(
      of: market, .ces(rho: rho), prices: answer.prices, allocations: answer.allocations)
    #expect(certificate.holds(within: 1e-9), "\(certificate)")
  }
}
