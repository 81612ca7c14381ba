import Benchmark
import Kernels
import Testing

/// The rule against itself: how often it cries wolf, and how often it sees one.
///
/// Times as a shared machine gives them: both programs suffer a common slow drift, each sample a
/// skewed noise of its own, and one in ten is disturbed for half as long again or more.
@Suite("Alarms in a simulation")
struct FalseAlarmTests {
  private func arm(_ which: Int, slower factor: Double, trial: Int) -> [Double] {
    let own = Variates(RandomStream(seed: UInt64(10 * trial + which), name: "alarms.own"))
    let shared = Variates(RandomStream(seed: UInt64(trial), name: "alarms.shared"))
    var drift = 0.0
    return (0..<20).map { _ in
      drift += shared.gaussian(deviation: 0.01)
      let noise = own.lognormal(logMean: 0, logDeviation: 0.06)
      let disturbance = own.unit() < 0.1 ? 1.5 + own.unit() : 1
      let slowness: Double = (1 + drift.magnitude) * noise * disturbance
      return 0.04 * factor * slowness
    }
  }

  private func verdicts(slower factor: Double, trials: Int) -> [Verdict] {
    (0..<trials).flatMap { trial in
      let (base, new) = (arm(0, slower: 1, trial: trial), arm(1, slower: factor, trial: trial))
      return Planted.compare(base, new).rows.map(\.verdict)
    }
  }

  @Test func `of 1000 comparisons of a program with itself at most 1 in 100 alarms`() {
    let alarms = verdicts(slower: 1, trials: 1000).count { $0 == .regression || $0 == .improvement }
    #expect(alarms <= 10, "\(alarms)")
  }

  @Test func `of 500 slowdowns by 10 in 100 four in five are found`() {
    let found = verdicts(slower: 1.1, trials: 500).count { $0 == .regression }
    #expect(found >= 400, "\(found)")
  }

  @Test func `of 200 slowdowns by 50 in 100 all are found`() {
    #expect(verdicts(slower: 1.5, trials: 200).allSatisfy { $0 == .regression })
  }
}
