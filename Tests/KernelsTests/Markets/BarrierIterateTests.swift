import Testing

@testable import Kernels

@Suite struct BarrierIterateTests {
  private func start(_ instance: MarketInstance) throws -> (NormalisedMarket, MarketIterate) {
    let market = NormalisedMarket(try MarketTables.random(instance).market())
    let sweeper = ResponseSweeper(market)
    for _ in 0..<10 { sweeper.sweep() }
    return (market, sweeper.iterate())
  }

  private func isInside(_ iterate: borrowing BarrierIterate) -> Bool {
    (0..<iterate.pairCount).allSatisfy { pair in
      iterate.units.view[pair] > 0 && iterate.slacks.view[pair] > 0
    }
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 10, 40], seeds: 0..<5))
  func `the start lies inside and sells everything`(instance: MarketInstance) throws {
    let (market, start) = try start(instance)
    let iterate = BarrierIterate(start, in: market)
    let isStartInside = isInside(iterate)
    let sold = iterate.sold.view.array(count: market.goodCount)
    #expect(isStartInside)
    #expect(sold.allSatisfy { abs($0 - 1) < 1e-12 })
  }

  @Test(arguments: MarketInstance.grid(sizes: [10, 40], seeds: 0..<5))
  func `dropped pairs come back inside`(instance: MarketInstance) throws {
    let (market, start) = try start(instance)
    var iterate = BarrierIterate(start, in: market)
    let isWorthwhile = iterate.drop(beyond: 0.2)
    let (left, isLeftInside) = (iterate.pairCount, isInside(iterate))
    let shares = iterate.shares(in: market)
    #expect(isWorthwhile && isLeftInside)
    #expect(left < market.pairCount)
    #expect(shares.count { $0 > 0 } == left)
    iterate.restore(from: market, barrier: 1e-3)
    let (all, isInsideAgain) = (iterate.pairCount, isInside(iterate))
    #expect(all == market.pairCount)
    #expect(isInsideAgain)
  }
}
