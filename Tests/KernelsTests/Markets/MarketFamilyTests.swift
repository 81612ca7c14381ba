import Kernels
import Testing

@Suite struct MarketFamilyTests {
  @Test(arguments: MarketFamily.allCases, 1...2 as ClosedRange<UInt64>)
  func `a stress family at 100,000 pairs is certified`(family: MarketFamily, seed: UInt64) throws {
    let market = try family.market(buyers: 10_000, seed: seed)
    let answer = InteriorPoint(gapMax: 1e-10).solve(market)
    #expect([.exact, .converged].contains(answer.status))
    let certificate = try EquilibriumCertificate(of: market, answer)
    #expect(certificate.dualityGap <= 1e-10)
    #expect(certificate.holds(within: 1e-9), "\(certificate)")
    #expect(answer.steps <= 60)
  }

  @Test(arguments: [(1, 1000), (1000, 1), (3000, 30), (30, 3000)])
  func `lopsided markets are exact`(size: (buyers: Int, goods: Int)) throws {
    var draw = RandomStream(seed: 1, name: "test.lopsided").sequence()
    let values = (0..<size.buyers).map { _ in (0..<size.goods).map { _ in draw.unit() } }
    let market = try FisherMarket(
      values: values, budgets: (0..<size.buyers).map { _ in draw.unit() })
    let answer = InteriorPoint().solve(market)
    #expect(answer.status == .exact)
    #expect(try EquilibriumCertificate(of: market, answer).holds(within: 1e-9))
  }
}
