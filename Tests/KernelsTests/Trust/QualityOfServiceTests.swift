import Kernels
import Testing

@Suite struct QualityOfServiceTests {
  /// scipy.special.betaincinv(96, 6, 0.05).
  @Test func `95 of 100 successes have a known score`() {
    let record = QualityOfService(successes: 95, failures: 5)
    #expect(abs(record.cautiousSuccessRate - 0.8987310283393475) < 1e-12)
    let score = record.score(latencySeconds95: 0.8, objectiveSeconds: 0.5, value: 9, price: 10)
    #expect(abs(score - 0.8987310283393475 * 0.625 * 0.9) < 1e-12)
  }

  @Test func `without data the prior speaks`() {
    let record = QualityOfService()
    #expect(abs(record.cautiousSuccessRate - 0.05) < 1e-15)
    #expect(
      record.score(latencySeconds95: 0, objectiveSeconds: 1, value: 0, price: 0)
        == record.cautiousSuccessRate)
  }

  @Test func `haste and bargains beyond the objective earn nothing more`() {
    let record = QualityOfService(successes: 10)
    let fair = record.score(latencySeconds95: 1, objectiveSeconds: 1, value: 2, price: 2)
    #expect(fair == record.cautiousSuccessRate)
    #expect(record.score(latencySeconds95: 0.1, objectiveSeconds: 1, value: 9, price: 2) == fair)
    #expect(record.score(latencySeconds95: 1, objectiveSeconds: 1, value: -1, price: 2) == 0)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `a score is between 0 and 1`(seed: UInt64) {
    var draw = RandomStream(seed: seed, name: "quality").sequence()
    for _ in 0..<500 {
      let record = QualityOfService(
        successes: draw.exponential(rate: 0.001), failures: draw.exponential(rate: 0.01))
      let score = record.score(
        latencySeconds95: draw.exponential(rate: 1), objectiveSeconds: draw.unit(),
        value: draw.exponential(rate: 1) - 0.5, price: draw.exponential(rate: 1))
      #expect(score >= 0 && score <= 1)
    }
  }

  @Test(arguments: [0, 1, 30.5, 1000, 300_000])
  func `more successes raise the rate, more failures lower it`(failures: Double) {
    let steps = [0, 0.5, 1, 2, 10, 100, 5_000, 99_000, 100_000, 101_000, 1e7]
    let rates = steps.map {
      QualityOfService(successes: $0, failures: failures).cautiousSuccessRate
    }
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 < $1 })
    let turned = steps.map {
      QualityOfService(successes: failures, failures: $0).cautiousSuccessRate
    }
    #expect(zip(turned, turned.dropFirst()).allSatisfy { $0 > $1 })
  }

  @Test func `the order within an epoch does not matter, that of epochs does`() {
    var (whole, reordered) = (QualityOfService(), QualityOfService())
    whole.closeEpoch(successes: 7, failures: 3, retention: 0.5)
    reordered.closeEpoch(successes: 3, failures: 3, retention: 0.5)
    reordered.closeEpoch(successes: 4, failures: 0, retention: 1)
    #expect(whole == reordered)
    var (better, worse) = (whole, whole)
    better.closeEpoch(successes: 0, failures: 4, retention: 0.5)
    better.closeEpoch(successes: 8, failures: 0, retention: 0.5)
    worse.closeEpoch(successes: 8, failures: 0, retention: 0.5)
    worse.closeEpoch(successes: 0, failures: 4, retention: 0.5)
    #expect(better.cautiousSuccessRate > worse.cautiousSuccessRate)
  }

  @Test func `old observations fade`() {
    var record = QualityOfService(successes: 100, failures: 20)
    record.closeEpoch(successes: 1, failures: 2, retention: 0.25)
    #expect(record.successes == 26 && record.failures == 7)
    record.closeEpoch(successes: 0, failures: 0, retention: 0)
    #expect(record == QualityOfService())
  }
}
