import Foundation
import Kernels
import Testing

@Suite struct ExactPolishTests {
  @Test(arguments: MarketInstance.grid(sizes: [3, 10, 40], seeds: 0..<5))
  func `a polished answer is an equilibrium up to rounding`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let answer = ProportionalResponse(sweepsMax: 200_000).solve(market)
    #expect(answer.status == .exact)
    #expect(abs(answer.gap) < 1e-14)
    #expect(try EquilibriumCertificate(of: market, answer).holds(within: 1e-11))
  }

  @Test(arguments: MarketInstance.grid(sizes: [3, 10], seeds: 0..<5))
  func `the polish lifts a rough answer of any origin`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    let rough = ProportionalResponse(gapMax: 1e-8, sweepsMax: 100_000, polish: nil).solve(market)
    let polished = try #require(ExactPolish().polish(rough, of: market))
    #expect(polished.status == .exact)
    #expect(polished.sweeps == rough.sweeps)
    #expect(MarketDeviation.relative(polished.prices, rough.prices) < 1e-3)
    #expect(try EquilibriumCertificate(of: market, polished).holds(within: 1e-11))
  }

  @Test func `no round is no polish`() throws {
    let market = try MarketTables.random(MarketInstance(size: 3, seed: 1)).market()
    let rough = ProportionalResponse(gapMax: 1e-8, polish: nil).solve(market)
    #expect(ExactPolish(roundsMax: 0).polish(rough, of: market) == nil)
  }

  @Test(arguments: MarketInstance.grid(sizes: [3, 8, 30, 60], seeds: 0..<5))
  func `small integer values tie, and the prices are exact all the same`(
    instance: MarketInstance
  ) throws {
    var draw = instance.sequence()
    var tables = MarketTables.random(instance)
    tables.values = tables.values.map { row in row.map { _ in Double(draw.index(below: 4)) } }
    tables.supplies = tables.supplies.map { _ in 1 }
    for budgets in [tables.budgets, tables.budgets.map { _ in 1 }] {
      let market = try FisherMarket(values: tables.values, budgets: budgets)
      let answer = ProportionalResponse().solve(market)
      #expect(answer.status == .exact)
      #expect(try EquilibriumCertificate(of: market, answer).holds(within: 1e-11))
    }
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 5, 20], seeds: 0..<5))
  func `with two and three goods the prices maximise the dual`(instance: MarketInstance) throws {
    var draw = instance.sequence()
    let buyers = 0..<instance.size
    let budgets = buyers.map { _ in 0.1 + draw.unit() }
    for goodCount in [2, 3] {
      let values = buyers.map { _ in (0..<goodCount).map { _ in 0.05 + draw.unit() } }
      let market = try FisherMarket(values: values, budgets: budgets)
      let answer = ProportionalResponse(sweepsMax: 200_000).solve(market)
      let dual = SlowDual(values: values, budgets: budgets)
      #expect(MarketDeviation.fromMean(answer.prices, dual.bestPrices(goodCount)) < 1e-6)
    }
  }
}

/// The Eisenberg-Gale dual on prices that sum to the money, maximised by nested ternary search:
/// slow, clear, and unrelated to the solvers.
///
/// sum_i B_i log(min_j p_j / v_ij) is concave in p.
private struct SlowDual {
  let values: [[Double]]
  let budgets: [Double]

  func bestPrices(_ goodCount: Int) -> [Double] {
    let money = budgets.reduce(0, +)
    guard goodCount == 3 else {
      let first = peak(0...money) { value([$0, money - $0]) }
      return [first, money - first]
    }
    func second(_ first: Double) -> Double {
      peak(0...(money - first)) { value([first, $0, money - first - $0]) }
    }
    let first = peak(0...money) { value([$0, second($0), money - $0 - second($0)]) }
    return [first, second(first), money - first - second(first)]
  }

  private func value(_ prices: [Double]) -> Double {
    zip(values, budgets).reduce(0) { sum, buyer in
      let cheapest = zip(prices, buyer.0).map { $0 / $1 }.min() ?? 0
      return sum + buyer.1 * log(max(cheapest, 1e-300))
    }
  }

  private func peak(_ range: ClosedRange<Double>, of function: (Double) -> Double) -> Double {
    var (low, high) = (range.lowerBound, range.upperBound)
    for _ in 0..<60 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if function(a) < function(b) { low = a } else { high = b }
    }
    return (low + high) / 2
  }
}
