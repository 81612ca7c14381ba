import Kernels
import Testing

@Suite struct ReferenceMarketTests {
  @Test(arguments: KnownMarket.reference)
  func `a reference market has its known prices and utilities`(known: KnownMarket) throws {
    let answer = MarketSolver().solve(known.market, known.utility)
    #expect([.exact, .converged].contains(answer.status))
    #expect(MarketDeviation.fromMean(answer.prices, known.prices) < 1e-9, "\(answer.prices)")
    #expect(MarketDeviation.relative(answer.utilities, known.utilities) < 1e-9)
    let certificate = try EquilibriumCertificate(of: known.market, answer, known.utility)
    #expect(certificate.holds(within: 1e-9), "\(certificate)")
    if known.isAllocationUnique {
      let expected = known.onPairs(known.allocations)
      #expect(MarketDeviation.fromMean(answer.allocations, expected) < 1e-9)
    }
  }

  @Test(arguments: KnownMarket.reference)
  func `the known equilibrium holds and no disturbance of 0.1 % does`(known: KnownMarket) throws {
    func holds(_ prices: [Double], _ allocations: [Double], _ tolerance: Double) throws -> Bool {
      try EquilibriumCertificate(
        of: known.market, known.utility, prices: prices, allocations: allocations
      ).holds(within: tolerance)
    }
    let allocations = known.onPairs(known.allocations)
    #expect(try holds(known.prices, allocations, 1e-9))
    for factor in [0.999, 1.001] {
      for good in known.prices.indices where known.prices[good] != 0 {
        var prices = known.prices
        prices[good] *= factor
        #expect(try !holds(prices, allocations, 1e-6), "price of good \(good) times \(factor)")
      }
      for pair in allocations.indices where allocations[pair] != 0 {
        // More of a good that costs nothing is no disturbance.
        guard factor < 1 || known.prices[Int(known.market.goods[pair])] != 0 else { continue }
        var disturbed = allocations
        disturbed[pair] *= factor
        #expect(try !holds(known.prices, disturbed, 1e-6), "allocation \(pair) times \(factor)")
      }
    }
  }

  @Test func `there are twenty closed forms and two historic markets`() {
    #expect(KnownMarket.reference.count == 22)
    #expect(Set(KnownMarket.reference.map(\.name)).count == 22)
  }
}
