import Kernels
import Pipeline

/// One record as rows for a table: the median of each quantity, then the metrics.
public struct RecordSummary: Sendable {
  private let record: BenchRecord

  public init(_ record: BenchRecord) {
    self.record = record
  }

  public static let header = ["case", "metric", "median", "interval", "samples"]

  public var rows: [[String]] {
    let measured = record.cases.flatMap { one in
      Quantity.allCases.compactMap { quantity in
        one.series[quantity].flatMap { MedianInterval($0) }.map { median in
          [
            one.name, quantity.word, Amount.text(median.median, quantity.unit),
            Amount.spread(median.lower, median.median, median.upper), String(one.order.count),
          ]
        }
      }
    }
    return measured + record.metrics.map { ["", $0.name, Format.number($0.value), $0.unit, ""] }
  }

  /// What was not measured, and why.
  public var notes: [String] {
    record.unavailable.sorted { $0.key < $1.key }.map { "\($0.key): not available (\($0.value))" }
  }

  public var markdown: String {
    var parts = ["### Benchmark: \(record.experiment)", Markdown.table(Self.header, rows)]
    if !notes.isEmpty { parts.append(notes.map { "- \($0)" }.joined(separator: "\n")) }
    return parts.joined(separator: "\n\n") + "\n"
  }
}
