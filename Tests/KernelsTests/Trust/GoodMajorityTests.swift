import Kernels
import Testing

@Suite struct GoodMajorityTests {
  @Test func `coin tossers are right in the published share, exactly`() {
    #expect((1...5).map { GoodMajority.coinTosses(pairs: $0) } == ArbiterCases.coinTosses)
    #expect(GoodMajority.coinTosses(pairs: 0) == 0)
  }

  /// 1/2 - C(2n, n) / 2^(2n + 1), by Pascal's rule in whole numbers.
  @Test(arguments: 1...24)
  func `the series for coin tossers is free of rounding`(pairs: Int) {
    var row: [Int] = [1]
    for _ in 0..<2 * pairs { row = zip([0] + row, row + [0]).map(+) }
    let right = row[(pairs + 1)...].reduce(0, +)
    #expect(GoodMajority.coinTosses(pairs: pairs) == Double(right) / Double(1 << (2 * pairs)))
  }

  @Test(arguments: [1, 2, 10, 500, 100_000])
  func `coin tossers, their ties and their binomial tail agree`(pairs: Int) {
    let series = GoodMajority.coinTosses(pairs: pairs)
    let tail = GoodMajority.probability(deciders: 2 * pairs, accuracy: 0.5)
    #expect(series < 0.5)
    #expect(abs(2 * series + GoodMajority.coinTossTie(pairs: pairs) - 1) < 1e-15)
    #expect(abs(tail / series - 1) < 1e-9)
  }

  @Test(arguments: ArbiterCases.panels)
  func `panels are right as in the exact table`(panel: ArbiterCases.Panel) {
    for (share, exact) in zip(ArbiterCases.corruptShares, panel.right) {
      let right = GoodMajority.panel(
        arbiters: panel.arbiters, honestAccuracy: panel.honestAccuracy, corruptShare: share)
      #expect(abs(right - exact) <= 1e-12 * exact)
    }
  }

  @Test func `an odd panel of coin tossers is right half of the time`() {
    for deciders in [1, 3, 11, 101] {
      #expect(abs(GoodMajority.probability(deciders: deciders, accuracy: 0.5) - 0.5) < 1e-15)
    }
  }

  @Test func `deciders who cannot err, and who cannot but err`() {
    for deciders in [1, 2, 7, 100] {
      #expect(GoodMajority.probability(deciders: deciders, accuracy: 1) == 1)
      #expect(GoodMajority.probability(deciders: deciders, accuracy: 0) == 0)
    }
    #expect(GoodMajority.probability(deciders: 0, accuracy: 0.9) == 0)
    #expect(GoodMajority.probability(accuracies: []) == 0)
  }

  @Test func `the limit is 1, a half or 0`() {
    #expect(GoodMajority.probability(deciders: 100_001, accuracy: 0.51) > 1 - 1e-9)
    #expect(GoodMajority.probability(deciders: 100_001, accuracy: 0.49) < 1e-9)
  }

  @Test(arguments: [1, 2, 5, 40, 101], [0, 0.2, 0.5, 0.95, 1])
  func `equal accuracies are a special case of unequal ones`(deciders: Int, accuracy: Double) {
    let equal = GoodMajority.probability(deciders: deciders, accuracy: accuracy)
    let unequal = GoodMajority.probability(
      accuracies: [Double](repeating: accuracy, count: deciders))
    #expect(abs(equal - unequal) <= 1e-12 * equal)
  }

  @Test(arguments: 1...10)
  func `unequal accuracies give the sum over all outcomes`(deciders: Int) {
    var draw = RandomStream(seed: 3, name: "accuracies").sequence()
    let accuracies = (0..<deciders).map { _ in draw.unit() }
    var exact = 0.0
    for outcome in 0..<1 << deciders where 2 * outcome.nonzeroBitCount > deciders {
      exact += accuracies.enumerated().reduce(1.0) { product, decider in
        product * (outcome >> decider.offset & 1 == 1 ? decider.element : 1 - decider.element)
      }
    }
    #expect(abs(GoodMajority.probability(accuracies: accuracies) - exact) < 1e-14)
  }

  @Test func `a simulated panel is right as often as computed`() {
    var draw = RandomStream(seed: 8, name: "panel").sequence()
    let trials = 20_000
    var right = 0
    for _ in 0..<trials {
      let votes = (0..<11).count { _ in
        let isHonest = draw.unit() >= 0.2
        return draw.unit() < 0.75 && isHonest
      }
      if votes > 5 { right += 1 }
    }
    let exact = GoodMajority.panel(arbiters: 11, honestAccuracy: 0.75, corruptShare: 0.2)
    let error = (exact * (1 - exact) / Double(trials)).squareRoot()
    #expect(abs(Double(right) / Double(trials) - exact) < 3 * error)
  }

  /// 1/6, 1/3 and 9/19 for the first three.
  @Test(arguments: [
    (0.6, 0.16666666666666666), (0.75, 0.3333333333333333), (0.95, 0.47368421052631576),
    (1.0, 0.5), (0.5, 0.0),
  ])
  func `a panel turns at the critical share`(accuracy: Double, critical: Double) {
    let share = GoodMajority.criticalCorruptShare(honestAccuracy: accuracy)
    #expect(abs(share - critical) < 1e-15)
    let atTurn = GoodMajority.panel(
      arbiters: 101, honestAccuracy: accuracy, corruptShare: max(0, share))
    #expect(abs(atTurn - 0.5) < 1e-12)
  }

  @Test(arguments: [
    (0.1, 0.05, 0.06 / 0.105), (0.1, 0.2, 0.25), (0.3, 0.05, 0.18 / 0.215), (0.3, 0.2, 0.5625),
  ])
  func `a complaint says more where the honest are seldom blamed`(
    share: Double, rateHonest: Double, expected: Double
  ) {
    let posterior = GoodMajority.corruptGivenComplaint(
      corruptShare: share, complaintRateCorrupt: 0.6, complaintRateHonest: rateHonest)
    #expect(abs(posterior - expected) < 1e-15)
  }

  @Test func `where nobody complains the share is all that is known`() {
    let posterior = GoodMajority.corruptGivenComplaint(
      corruptShare: 0.3, complaintRateCorrupt: 0, complaintRateHonest: 0)
    #expect(posterior == 0.3)
  }
}
