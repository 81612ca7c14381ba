import Kernels
import Testing

@Suite struct SpendingMarketTests {
  private typealias Segment = SpendingMarket.Segment

  /// Two segments of each of some goods with falling rates, and one without a cap.
  private static func random(_ instance: MarketInstance) throws -> SpendingMarket {
    var draw = instance.sequence()
    let n = instance.size
    let budgets = (0..<n).map { _ in 0.2 + draw.unit() }
    let rows = (0..<n).map { buyer in
      var row = [Segment(good: buyer, rate: 0.05)]
      for k in 0..<4 {
        let good = k == 0 ? buyer : Int(draw.unit() * Double(n))
        let rate = 0.1 + draw.unit()
        let caps = (0..<2).map { _ in budgets[buyer] * (0.1 + 0.5 * draw.unit()) }
        row.append(Segment(good: good, rate: rate, cap: caps[0]))
        row.append(Segment(good: good, rate: rate / 2, cap: caps[1]))
      }
      return row
    }
    return try SpendingMarket(
      segments: rows, budgets: budgets, supplies: (0..<n).map { _ in 0.5 + draw.unit() })
  }

  @Test func `a cap turns the rest of the money to the other good`() throws {
    let market = try SpendingMarket(
      segments: [[Segment(good: 0, rate: 2, cap: 0.5), Segment(good: 1, rate: 1)]], budgets: [2],
      supplies: [1, 1])
    let answer = market.solve()
    #expect(answer.isExact)
    #expect(answer.prices == [0.5, 1.5])
    #expect(answer.spending == [0.5, 1.5])
  }

  @Test func `a buyer whose cap does not bind leaves the prices of the linear market`() throws {
    // p = (4/3, 2/3): buyer 0 spends 1/3 on good 0, buyer 1 all its money.
    let market = try SpendingMarket(
      segments: [
        [Segment(good: 0, rate: 2, cap: 0.4), Segment(good: 1, rate: 1)],
        [Segment(good: 0, rate: 1)],
      ], budgets: [1, 1], supplies: [1, 1])
    let answer = market.solve()
    #expect(answer.isExact)
    #expect(MarketDeviation.relative(answer.prices, [4.0 / 3, 2.0 / 3]) < 1e-12)
  }

  @Test func `falling rates of one good split the money where the bang per buck is equal`() throws {
    // The first coin on good 0 is worth 4 a unit, the rest 1; good 1 is worth 2. At p = (4/3, 8/3) the
    // second segment of good 0 and good 1 give 3/4 a coin each.
    let market = try SpendingMarket(
      segments: [
        [Segment(good: 0, rate: 4, cap: 1), Segment(good: 0, rate: 1), Segment(good: 1, rate: 2)]
      ], budgets: [4], supplies: [1, 1])
    let answer = market.solve()
    #expect(answer.isExact)
    #expect(MarketDeviation.relative(answer.prices, [4.0 / 3, 8.0 / 3]) < 1e-12)
    #expect(MarketDeviation.fromMean(answer.spending, [1, 1.0 / 3, 8.0 / 3]) < 1e-12)
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 3, 10, 40], seeds: 0..<4))
  func `drawn markets are certified, and no disturbed price is`(instance: MarketInstance) throws {
    let market = try Self.random(instance)
    let answer = market.solve(gapMax: 1e-10, sweepsMax: 100_000)
    let certificate = SpendingCertificate(
      of: market, prices: answer.prices, spending: answer.spending)
    #expect(certificate.holds(within: answer.isExact ? 1e-10 : 1e-3), "\(certificate)")
    #expect(answer.gap <= 1e-10)
    for good in answer.prices.indices {
      var prices = answer.prices
      prices[good] *= 1.001
      let disturbed = SpendingCertificate(of: market, prices: prices, spending: answer.spending)
      #expect(!disturbed.holds(within: 1e-6))
    }
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 8, 25], seeds: 0..<4))
  func `without caps the prices are those of the linear market`(instance: MarketInstance) throws {
    let linear = try MarketTables.random(instance).market()
    let rows = (0..<linear.buyerCount).map { buyer in
      linear.pairs(of: buyer).map {
        Segment(good: Int(linear.goods[$0]), rate: linear.values[$0])
      }
    }
    let market = try SpendingMarket(
      segments: rows, budgets: linear.budgets, supplies: linear.supplies)
    let answer = market.solve(gapMax: 1e-13, sweepsMax: 50_000)
    let exact = MarketSolver().solve(linear, .linear)
    #expect(
      MarketDeviation.fromMean(answer.prices, exact.prices) < (answer.isExact ? 1e-10 : 1e-4))
  }

  @Test func `what is no market is named`() {
    typealias Flaw = SpendingMarket.Flaw
    func market(_ segment: Segment, budget: Double = 1, supply: Double = 1) throws(Flaw) {
      _ = try SpendingMarket(segments: [[segment]], budgets: [budget], supplies: [supply])
    }
    #expect(throws: Flaw.unspendable(buyer: 0)) { try market(Segment(good: 0, rate: 1, cap: 0.5)) }
    #expect(throws: Flaw.invalidSegment(buyer: 0, segment: 0)) {
      try market(Segment(good: 1, rate: 1))
    }
    #expect(throws: Flaw.invalidSegment(buyer: 0, segment: 0)) {
      try market(Segment(good: 0, rate: .nan))
    }
    #expect(throws: Flaw.invalidBudget(buyer: 0)) {
      try market(Segment(good: 0, rate: 1), budget: .infinity)
    }
    #expect(throws: Flaw.invalidSupply(good: 0)) {
      try market(Segment(good: 0, rate: 1), supply: 0)
    }
    #expect(throws: Flaw.wrongCount(segments: 0, budgets: 1)) {
      try SpendingMarket(segments: [], budgets: [1], supplies: [1])
    }
  }
}
