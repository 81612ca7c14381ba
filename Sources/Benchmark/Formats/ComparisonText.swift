import Kernels
import Pipeline

/// A comparison as rows for a table and sentences after it: for a screen and for markdown.
public struct ComparisonText: Sendable {
  private let comparison: BenchComparison

  public init(_ comparison: BenchComparison) {
    self.comparison = comparison
  }

  public static let header = ["case", "metric", "base", "new", "change", "p", "verdict"]

  /// Measurements, their geometric means, then the manifest's metrics.
  public var rows: [[String]] {
    comparison.rows.map(row)
      + comparison.quantities.compactMap(meanRow)
      + comparison.metrics.map(row)
  }

  private func row(_ row: BenchComparison.Row) -> [String] {
    let series = row.series
    return [
      series.name, series.quantity.word, amount(series.base, series.quantity),
      amount(series.new, series.quantity), change(series.ratio.estimate, series.interval),
      series.isExact ? "exact" : Amount.probability(row.adjusted), row.verdict.sentence,
    ]
  }

  private func amount(_ median: MedianInterval, _ quantity: Quantity) -> String {
    Amount.text(median.median, quantity.unit) + " "
      + Amount.spread(median.lower, median.median, median.upper)
  }

  private func change(_ ratio: Double, _ interval: ClosedRange<Double>) -> String {
    let ends = [interval.lowerBound, interval.upperBound].map { Amount.percent($0 - 1) }
    return "\(Amount.percent(ratio - 1)) [\(ends[0]), \(ends[1])]"
  }

  private func meanRow(_ quantity: Quantity) -> [String]? {
    guard let mean = comparison.geometricMean(quantity) else { return nil }
    return [
      "geometric mean", quantity.word, "", "", change(mean.estimate, mean.interval), "", "",
    ]
  }

  private func row(_ metric: MetricComparison) -> [String] {
    let new = metric.new.map { Format.number($0) } ?? "absent"
    let change = metric.new.map { $0 == metric.old ? "none" : Format.number($0 - metric.old) } ?? ""
    return [
      "", metric.name, Format.number(metric.old), new, change, "",
      metric.isWithin ? "within tolerance" : "outside tolerance",
    ]
  }

  /// Why the records cannot be compared, where the machines differ, and remarks.
  public var notes: [String] {
    comparison.obstacles.map { "not comparable: \($0.sentence)" }
      + comparison.machineDifferences.map { "other machine: \($0)" } + comparison.remarks
  }

  /// The rule in a sentence.
  public var rule: String {
    let rule = comparison.rule
    let confidence = Amount.percent(rule.confidence).dropFirst()
    return "threshold \(Amount.percent(rule.threshold).dropFirst()), alpha \(rule.alpha) after "
      + "Holm's adjustment, intervals of \(confidence)"
  }

  public var markdown: String {
    var parts = ["### Benchmark: \(comparison.new.experiment)", Markdown.table(Self.header, rows)]
    if !notes.isEmpty { parts.append(notes.map { "- \($0)" }.joined(separator: "\n")) }
    parts.append("_\(rule)._")
    return parts.joined(separator: "\n\n") + "\n"
  }
}
