import Testing

@testable import Kernels

@Suite struct MarketComponentsTests {
  /// Two markets that share no good, buyers and goods in turn.
  private func union(_ a: MarketTables, _ b: MarketTables) -> MarketTables {
    let none = (
      Array(repeating: 0.0, count: a.supplies.count), Array(repeating: 0.0, count: b.supplies.count)
    )
    var (values, budgets) = ([[Double]](), [Double]())
    for buyer in 0..<max(a.budgets.count, b.budgets.count) {
      if buyer < a.budgets.count {
        values.append(a.values[buyer] + none.1)
        budgets.append(a.budgets[buyer])
      }
      if buyer < b.budgets.count {
        values.append(none.0 + b.values[buyer])
        budgets.append(b.budgets[buyer])
      }
    }
    return MarketTables(values: values, budgets: budgets, supplies: a.supplies + b.supplies)
  }

  @Test(arguments: MarketSolverTests.utilities, [(3, 5), (12, 7), (1, 9)])
  func `a union of two markets has the prices of each`(
    utility: MarketUtility, sizes: (Int, Int)
  ) throws {
    let a = MarketTables.random(MarketInstance(size: sizes.0, seed: 1))
    var b = MarketTables.random(MarketInstance(size: sizes.1, seed: 2))
    b.budgets = b.budgets.map { $0 * (utility == .quasilinear ? 1 : 1e9) }
    let whole = try union(a, b).market()
    #expect(MarketComponents(whole).count >= 2)
    let answer = MarketSolver().solve(whole, utility)
    let (first, second) = (
      try MarketSolver().solve(a.market(), utility), try MarketSolver().solve(b.market(), utility)
    )
    #expect(MarketDeviation.relative(Array(answer.prices.prefix(sizes.0)), first.prices) < 1e-12)
    #expect(
      MarketDeviation.relative(Array(answer.prices.dropFirst(sizes.0)), second.prices) < 1e-12)
    let certificate = try EquilibriumCertificate(of: whole, answer, utility)
    #expect(certificate.holds(within: 1e-8), "\(certificate)")
    #expect([.exact, .converged].contains(answer.status))
  }

  @Test func `buyers without money, unwanted goods and zero values connect nothing`() throws {
    let market = try FisherMarket(
      values: [[1, 0, 0, 0], [1, 1, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]], budgets: [1, 0, 2, 4])
    let components = MarketComponents(market)
    #expect(components.count == 3)
    #expect(components.parts().map(\.goods) == [[0], [1], [3]])
    #expect(components.parts().map(\.market.budgets) == [[1], [2], [4]])
    let answer = MarketSolver().solve(market, .linear)
    #expect(answer.prices == [1, 2, 0, 4])
    #expect(answer.utilities == [1, 0, 1, 1])
    #expect(answer.status == .exact)
  }

  @Test(arguments: MarketInstance.grid(sizes: [2, 10, 40], seeds: 0..<4))
  func `components are those that a search by breadth finds`(instance: MarketInstance) throws {
    var draw = instance.sequence()
    let n = instance.size
    let values = (0..<n).map { _ in (0..<n).map { _ in draw.unit() < 1.2 / Double(n) ? 1.0 : 0 } }
    let market = try FisherMarket(values: values, budgets: Array(repeating: 1, count: n))
    var (isSeen, count) = (Array(repeating: false, count: 2 * n), 0)
    for start in 0..<n where !isSeen[start] && values[start].contains(1) {
      count += 1
      var front = [start]
      isSeen[start] = true
      while let vertex = front.popLast() {
        for other in 0..<n {
          let (buyer, good) = vertex < n ? (vertex, other) : (other, vertex - n)
          let next = vertex < n ? n + other : other
          guard values[buyer][good] > 0, !isSeen[next] else { continue }
          isSeen[next] = true
          front.append(next)
        }
      }
    }
    let components = MarketComponents(market)
    #expect(components.count == count)
    #expect(components.parts().reduce(0) { $0 + $1.pairs.count } == market.pairCount)
  }
}
