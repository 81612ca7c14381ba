internal import Kernels
public import Pipeline

/// A comparison as JSON, for programs.
public enum ComparisonDocument {
  public static func make(_ comparison: BenchComparison, _ outcome: BenchOutcome) -> Value {
    .object([
      "format": 1, "experiment": .string(comparison.new.experiment),
      "exit_code": .int(Int64(outcome.rawValue)),
      "rule": .object([
        "threshold": .real(comparison.rule.threshold), "alpha": .real(comparison.rule.alpha),
        "confidence": .real(comparison.rule.confidence),
        "seed": .string(String(comparison.rule.seed)),
      ]),
      "rows": .list(comparison.rows.map(row)),
      "geometric_means": .object(means(comparison)),
      "metrics": .list(comparison.metrics.map(metric)),
      "obstacles": .list(comparison.obstacles.map { .string($0.sentence) }),
      "machine_differences": .list(comparison.machineDifferences.map(Value.string)),
      "remarks": .list(comparison.remarks.map(Value.string)),
    ])
  }

  private static func row(_ row: BenchComparison.Row) -> Value {
    let series = row.series
    var members: [String: Value] = [
      "case": .string(series.name), "metric": .string(series.quantity.word),
      "unit": .string(series.quantity.unit.rawValue),
      "base": median(series.base, series.baseCount), "new": median(series.new, series.newCount),
      "ratio": .real(series.ratio.estimate), "ratio_interval": interval(series.interval),
      "shift": .real(series.shift), "p": .real(series.pValue),
      "p_scipy": .real(series.pValueOfScipy),
      "p_adjusted": .real(row.adjusted),
      "verdict": .string(row.verdict.word),
    ]
    if case .inconclusive(let needed?) = row.verdict {
      members["samples_needed"] = .int(Int64(needed))
    }
    return .object(members)
  }

  private static func median(_ median: MedianInterval, _ count: Int) -> Value {
    .object([
      "samples": .int(Int64(count)), "median": .real(median.median),
      "interval": .list([.real(median.lower), .real(median.upper)]),
    ])
  }

  private static func interval(_ range: ClosedRange<Double>) -> Value {
    .list([.real(range.lowerBound), .real(range.upperBound)])
  }

  private static func means(_ comparison: BenchComparison) -> [String: Value] {
    var means: [String: Value] = [:]
    for quantity in comparison.quantities {
      guard let mean = comparison.geometricMean(quantity) else { continue }
      means[quantity.word] = .object([
        "ratio": .real(mean.estimate), "ratio_interval": interval(mean.interval),
      ])
    }
    return means
  }

  private static func metric(_ metric: MetricComparison) -> Value {
    .object([
      "name": .string(metric.name), "unit": .string(metric.unit), "base": .real(metric.old),
      "new": metric.new.map(Value.real) ?? .null, "within_tolerance": .bool(metric.isWithin),
    ])
  }
}
