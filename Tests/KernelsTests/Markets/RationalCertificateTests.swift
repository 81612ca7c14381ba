import Kernels
import Testing

@Suite struct RationalCertificateTests {
  @Test(arguments: KnownMarket.reference.filter { $0.utility == .linear })
  func `a linear reference market is proved in exact fractions`(known: KnownMarket) throws {
    let answer = InteriorPoint().solve(known.market)
    let proof = RationalCertificate(of: known.market, near: answer)
    try #require(proof.isProved)
    #expect(MarketDeviation.fromMean(proof.prices.map(\.double), known.prices) < 1e-12)
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 3, 8, 20], seeds: 0..<5))
  func `a drawn market is proved, and so is one with ties`(instance: MarketInstance) throws {
    var draw = instance.sequence()
    var tables = MarketTables.random(instance)
    let drawn = try tables.market()
    #expect(RationalCertificate(of: drawn, near: InteriorPoint().solve(drawn)).isProved)
    tables.values = tables.values.map { row in row.map { _ in Double(draw.index(below: 4)) } }
    tables.supplies = tables.supplies.map { _ in 1 }
    let tied = try tables.market()
    #expect(RationalCertificate(of: tied, near: InteriorPoint().solve(tied)).isProved)
  }

  @Test func `prices are fractions`() throws {
    let market = try FisherMarket(values: [[2, 1], [1, 0]], budgets: [1, 1])
    let proof = RationalCertificate(of: market, near: InteriorPoint().solve(market))
    #expect(proof.prices.map(\.description) == ["4/3", "2/3"])
    #expect(proof.supportPairs == 3)
    #expect(proof.components == 1)
  }

  @Test func `a wrong support is not proved`() throws {
    let market = try FisherMarket(values: [[2, 1], [1, 0]], budgets: [1, 1])
    let rough = ProportionalResponse(sweepsMax: 1, polish: nil).solve(market)
    #expect(RationalCertificate(of: market, near: rough).isProved)
    let other = try FisherMarket(values: [[2, 1], [1, 0.9]], budgets: [1, 1])
    let foreign = ProportionalResponse(sweepsMax: 1, polish: nil).solve(other)
    #expect(!RationalCertificate(of: other, near: foreign).isProved)
  }

  @Test func `the historic market of 2017-08-30 has 18 supporting pairs in 2 components`() throws {
    let known = try #require(KnownMarket.reference.last)
    let proof = RationalCertificate(of: known.market, near: InteriorPoint().solve(known.market))
    #expect(proof.isProved)
    #expect(proof.supportPairs == 18)
    #expect(proof.components == 2)
  }

  @Test(
    "texts are read exactly",
    arguments: [
      ("46/9", "46/9"), ("-2.50", "-5/2"), ("1e-3", "1/1000"), ("2.5E2", "250"), ("0.1/0.3", "1/3"),
    ])
  func texts(text: String, value: String) throws {
    #expect(try #require(Rational(text)).description == value)
  }

  @Test(arguments: ["", "x", "1/0", "1//2", "1e99999", "0x10", "nan", "inf", "1.2.3"])
  func `what is no number is none`(text: String) {
    #expect(Rational(text) == nil)
  }

  @Test(arguments: [0.1, 1e-300, 1e300, -7.25, 1.0 / 3])
  func `a double comes back`(value: Double) throws {
    #expect(try #require(Rational(value)).double == value)
  }
}
