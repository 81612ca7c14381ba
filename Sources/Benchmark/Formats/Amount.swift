import Pipeline

/// A measured number as a person reads it.
enum Amount {
  static func text(_ value: Double, _ unit: Quantity.Unit) -> String {
    guard value.isFinite else { return Format.number(value) }
    return switch unit {
    case .seconds: value == 0 ? "0 s" : Format.seconds(value)
    case .bytes: Format.bytes(Int(value))
    case .count: Format.number(value)
    }
  }

  /// The larger of the distances from the median to the ends of its interval, as benchstat has it.
  static func spread(_ lower: Double, _ median: Double, _ upper: Double) -> String {
    guard lower.isFinite, upper.isFinite else { return "± ∞" }
    guard median > 0 else { return "± 0 %" }
    let share = max(median - lower, upper - median) / median
    return "± " + percent(share).drop { $0 == "+" }
  }

  /// `+12.3 %`.
  static func percent(_ share: Double) -> String {
    guard share.isFinite else { return share.isNaN ? "–" : "+∞ %" }
    let tenths = (share * 1000).rounded() / 10
    return (share > 0 ? "+" : "") + Format.number(tenths) + " %"
  }

  static func probability(_ p: Double) -> String {
    p < 0.0001 ? "<0.0001" : Format.number((p * 10000).rounded() / 10000)
  }
}
