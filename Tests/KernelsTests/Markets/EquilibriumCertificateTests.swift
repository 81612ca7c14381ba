import Kernels
import TestSupport
import Testing

@Suite struct EquilibriumCertificateTests {
  /// Two goods, the buyer of both indifferent: p = (4/3, 2/3), x = (1/4, 1; 3/4).
  static func shared() throws -> (FisherMarket, prices: [Double], allocations: [Double]) {
    let market = try FisherMarket(values: [[2, 1], [1, 0]], budgets: [1, 1])
    return (market, [4.0 / 3, 2.0 / 3], [0.25, 1, 0.75])
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownMarket.linear + KnownMarket.historic)
  func `the known equilibrium holds and no disturbance of 0.1 % does`(known: KnownMarket) throws {
    let allocations = known.onPairs(known.allocations)
    let exact = try EquilibriumCertificate(
      of: known.market, prices: known.prices, allocations: allocations)
    #expect(exact.holds(within: 1e-9))
    for good in known.prices.indices where known.prices[good] != 0 {
      for factor in [0.999, 1.001] {
        var prices = known.prices
        prices[good] *= factor
        let disturbed = try EquilibriumCertificate(
          of: known.market, prices: prices, allocations: allocations)
        #expect(!disturbed.holds(within: 1e-6), "price of good \(good) times \(factor)")
      }
    }
    for pair in allocations.indices where allocations[pair] != 0 {
      for factor in [0.999, 1.001] {
        var disturbed = allocations
        disturbed[pair] *= factor
        let certificate = try EquilibriumCertificate(
          of: known.market, prices: known.prices, allocations: disturbed)
        #expect(!certificate.holds(within: 1e-6), "allocation \(pair) times \(factor)")
      }
    }
  }

  @Test func `a clearing market at wrong prices fails on bundles alone`() throws {
    let (market, _, allocations) = try Self.shared()
    let certificate = try EquilibriumCertificate(
      of: market, prices: [1, 1], allocations: [0, 1, 1])
    #expect(certificate.overClearing == 0)
    #expect(certificate.underClearing == 0)
    #expect(certificate.budgetResidual == 0)
    #expect(certificate.walrasResidual == 0)
    #expect(certificate.bangPerBuckViolation == 0.5)
    #expect(certificate.bundleShortfall == 0.5)
    #expect(certificate.dualityGap > 0.3)
    #expect(allocations.count == market.pairCount)
  }

  @Test func `too much and too little are told apart`() throws {
    let (market, prices, _) = try Self.shared()
    let certificate = try EquilibriumCertificate(
      of: market, prices: prices, allocations: [0.5, 0.9, 0.75])
    #expect(abs(certificate.overClearing - 0.25) < 1e-15)
    #expect(abs(certificate.underClearing - 0.1) < 1e-15)
    #expect(abs(certificate.budgetResidual - 4.0 / 15) < 1e-15)
    #expect(abs(certificate.walrasResidual - 2.0 / 15) < 1e-15)
  }

  @Test func `an unwanted good may be left over or handed out at price 0 only`() throws {
    let market = try FisherMarket(
      offsets: [0, 2], goods: [0, 1], values: [1, 0], budgets: [2], supplies: [1, 1])
    func holds(_ price: Double, _ units: Double) throws -> Bool {
      try EquilibriumCertificate(of: market, prices: [2, price], allocations: [1, units])
        .holds(within: 1e-9)
    }
    #expect(try holds(0, 0))
    #expect(try holds(0, 1))
    #expect(try !holds(0, 1.5))
    #expect(try !holds(1, 0))
  }

  @Test func `a buyer without money spends nothing`() throws {
    let market = try FisherMarket(values: [[1], [1]], budgets: [2, 0])
    #expect(
      try EquilibriumCertificate(of: market, prices: [2], allocations: [1, 0]).holds(within: 0))
    let gift = try EquilibriumCertificate(of: market, prices: [2], allocations: [0.5, 0.5])
    #expect(gift.budgetResidual == .infinity)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, 0, -1])
  func `no strange price passes`(price: Double) throws {
    let (market, _, allocations) = try Self.shared()
    let certificate = try EquilibriumCertificate(
      of: market, prices: [4.0 / 3, price], allocations: allocations)
    #expect(!certificate.holds(within: 0.1))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity, -1])
  func `no strange allocation passes`(units: Double) throws {
    let (market, prices, _) = try Self.shared()
    let certificate = try EquilibriumCertificate(
      of: market, prices: prices, allocations: [0.25, units, 0.75])
    #expect(!certificate.holds(within: 0.1))
  }

  @Test func `columns of the wrong length are refused`() throws {
    let (market, prices, allocations) = try Self.shared()
    #expect(throws: MarketError.wrongCount(of: .prices, expected: 2, found: 0)) {
      try EquilibriumCertificate(of: market, prices: [], allocations: allocations)
    }
    #expect(throws: MarketError.wrongCount(of: .allocations, expected: 3, found: 1)) {
      try EquilibriumCertificate(of: market, prices: prices, allocations: [1])
    }
  }

  @Test(arguments: [2, 3, 8])
  func `the figures do not depend on the number of threads`(threads: Int) throws {
    var draw = RandomStream(seed: 3, name: "test.certificate").sequence()
    let buyers = 20_000
    let market = try FisherMarket(
      offsets: (0...buyers).map { 2 * $0 },
      goods: (0..<2 * buyers).map { Int32($0 / 2 + $0 % 2 * 7) % Int32(buyers) },
      values: (0..<2 * buyers).map { _ in draw.unit() },
      budgets: (0..<buyers).map { _ in draw.unit() },
      supplies: Array(repeating: 1, count: buyers))
    let answer = ProportionalResponse(sweepsMax: 20, polish: nil).solve(market)
    func certificate(_ threads: Int) throws -> EquilibriumCertificate {
      try EquilibriumCertificate(
        of: market, prices: answer.prices, allocations: answer.allocations, threads: threads)
    }
    #expect(try certificate(threads) == certificate(1))
  }
}
