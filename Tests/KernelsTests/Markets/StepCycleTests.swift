import Testing

@testable import Kernels

@Suite struct StepCycleTests {
  @Test(arguments: [StepCycle.plain, .two, .three])
  func `no error grows over a cycle, and errors that fall slowly fall as by all its steps`(
    cycle: StepCycle
  ) {
    func factor(_ eigenvalue: Double) -> Double {
      cycle.steps.reduce(1) { $0 * (1 - Double($1) * eigenvalue) }
    }
    for k in 1...1000 { #expect(abs(factor(Double(k) / 1000)) < 1) }
    let slow = 1e-6
    let sum = Double(cycle.steps.reduce(0, +))
    #expect(abs((1 - factor(slow)) / slow - sum) < 1e-3)
    #expect(cycle.steps.last == 1)
  }

  @Test func `a warm-up has the sweeps that were asked for`() {
    for sweeps in 0...40 { #expect(StepCycle.warmUp(sweeps: sweeps).count == sweeps) }
    #expect(StepCycle.warmUp(sweeps: 12) == [1, 1, 1, 1, 4, 1, 4, 1, 8, 2, 1, 1])
  }

  @Test(arguments: MarketInstance.grid(sizes: [20, 60], seeds: 0..<4))
  func `longer steps need fewer sweeps for the same gap`(instance: MarketInstance) throws {
    let market = try MarketTables.random(instance).market()
    var response = ProportionalResponse(gapMax: 1e-5, sweepsMax: 100_000, polish: nil)
    let fast = response.solve(market)
    response.isAccelerated = false
    let plain = response.solve(market)
    #expect(fast.status == .converged && plain.status == .converged)
    #expect(5 * fast.sweeps <= 4 * plain.sweeps + 20, "\(fast.sweeps) of \(plain.sweeps)")
    let certificate = try EquilibriumCertificate(of: market, fast)
    #expect(certificate.dualityGap <= 1e-5 * 1.001)
    #expect(certificate.budgetResidual < 1e-12)
  }

  @Test(arguments: 0..<6)
  func `utilities over twelve orders of magnitude do not lead long steps astray`(
    seed: UInt64
  ) throws {
    let instance = MarketInstance(size: 50, seed: seed)
    var (tables, draw) = (MarketTables.random(instance), instance.sequence())
    tables.values = tables.values.map { $0.map { _ in exp10(12 * draw.unit() - 6) } }
    let market = try tables.market()
    let answer = ProportionalResponse(gapMax: 1e-4, polish: nil).solve(market)
    #expect(answer.status == .converged)
    #expect(answer.sweeps < 2000)
    #expect(try EquilibriumCertificate(of: market, answer).dualityGap <= 1.001e-4)
  }
}

private func exp10(_ x: Double) -> Double {
  (0..<Int(abs(x))).reduce(1) { y, _ in x < 0 ? y / 10 : y * 10 }
}
