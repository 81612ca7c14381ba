import Benchmark
import Kernels
import Pipeline

/// Records with differences that are planted, so that the right verdict is known.
enum Planted {
  static let machine = MachineFacts(
    processor: "Example 9000", cores: 2, architecture: "x86_64", memoryBytes: 8 << 30,
    system: "Linux", kernel: "6.1.0")

  /// `count` times around `median` seconds with a relative deviation, a little skewed as times are.
  static func times(
    around median: Double = 0.04, deviation: Double = 0.02, count: Int = 20, seed: UInt64
  ) -> [Double] {
    let draw = Variates(RandomStream(seed: seed, name: "planted.times"))
    // The median of |x| of a normal x is 0.67.
    return (0..<count).map { _ in
      let excess = draw.gaussian(deviation: 1).magnitude - 0.67
      return median * (1 + deviation * excess)
    }
  }

  static func record(
    _ series: [String: [Quantity: [Double]]], results: [String: String] = [:],
    work: [String: String] = [:], metrics: [ScienceMetric] = [], machine: MachineFacts = machine,
    firstPlace: Int = 0, unavailable: [String: String] = [:]
  ) -> BenchRecord {
    var place = firstPlace
    let cases = series.keys.sorted().map { name -> BenchCase in
      let count = series[name]?.values.first?.count ?? 0
      defer { place += count }
      return BenchCase(
        name: name, stage: "traffic", work: Digest(of: work[name] ?? name),
        results: ["main": Digest(of: results[name] ?? "result of \(name)")],
        series: series[name] ?? [:], order: Array(place..<place + count))
    }
    return BenchRecord(
      experiment: "planted", measuredAt: "2026-11-25T12:00:00Z",
      program: .init(version: "0.1.0", build: "0123456789ab", libraries: ["gsl": "2.7"]),
      machine: machine, seed: 7, cases: cases, metrics: metrics, unavailable: unavailable)
  }

  /// A record of one case with processor times only.
  static func record(cpu values: [Double], firstPlace: Int = 0) -> BenchRecord {
    record(["traffic": [.cpu: values]], firstPlace: firstPlace)
  }

  static func compare(_ base: [Double], _ new: [Double]) -> BenchComparison {
    BenchComparison(record(cpu: base), record(cpu: new, firstPlace: 1000))
  }

  static func outcome(
    _ comparison: BenchComparison, failOn trigger: FailurePolicy.Trigger = .regression,
    strict: Bool = false, strictEnv: Bool = false
  ) -> BenchOutcome {
    var policy = FailurePolicy()
    policy.trigger = trigger
    policy.isStrict = strict
    policy.isStrictAboutMachine = strictEnv
    return comparison.outcome(by: policy)
  }

  static func metric(_ value: Double, relative: Double = 0) -> ScienceMetric {
    ScienceMetric(
      name: "auc", value: value, unit: "1", better: "higher",
      tolerance: Metric.Tolerance(absolute: 0, relative: relative))
  }
}
