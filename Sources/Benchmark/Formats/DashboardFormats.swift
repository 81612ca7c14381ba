internal import Kernels
public import Pipeline

/// Medians for services that keep their own history.
public enum DashboardFormats {
  /// Bencher Metric Format: case, measure, value with bounds.
  ///
  /// `latency` is in nanoseconds, as Bencher has it; the others are in seconds, bytes and counts.
  public static func bencher(_ record: BenchRecord) -> Value {
    let cases = record.cases.map { one in
      (
        one.name,
        Value.object(
          Dictionary(
            uniqueKeysWithValues: medians(one).map { quantity, median in
              let scale = quantity == .wall ? 1e9 : 1
              return (quantity == .wall ? "latency" : quantity.word, entry(median, scale))
            }))
      )
    }
    return .object(Dictionary(uniqueKeysWithValues: cases))
  }

  private static func entry(_ median: MedianInterval, _ scale: Double) -> Value {
    var members: [String: Value] = ["value": .real(median.median * scale)]
    if median.lower.isFinite { members["lower_value"] = .real(median.lower * scale) }
    if median.upper.isFinite { members["upper_value"] = .real(median.upper * scale) }
    return .object(members)
  }

  /// The list that github-action-benchmark reads with `tool: customSmallerIsBetter`.
  public static func gitHubAction(_ record: BenchRecord) -> Value {
    .list(
      record.cases.flatMap { one in
        medians(one).map { quantity, median in
          .object([
            "name": .string("\(one.name) \(quantity.word)"),
            "unit": .string(quantity.unit.rawValue), "value": .real(median.median),
            "range": .string(Amount.spread(median.lower, median.median, median.upper)),
            "extra": .string("\(one.order.count) samples"),
          ])
        }
      })
  }

  private static func medians(_ one: BenchCase) -> [(Quantity, MedianInterval)] {
    Quantity.allCases.compactMap { quantity in
      one.series[quantity].flatMap { MedianInterval($0) }.map { (quantity, $0) }
    }
  }
}
