import Foundation

/// Numbers as reports show them.
public enum Format {
  /// Six significant digits, without trailing zeros; whole numbers below 10^15 in full.
  public static func number(_ value: Double) -> String {
    if value.isNaN { return "–" }
    if value.isInfinite { return value > 0 ? "∞" : "−∞" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return String(format: "%.6g", value)
  }

  public static func number(_ value: Int) -> String { String(value) }

  /// A share as a percentage with one decimal.
  public static func percent(_ share: Double) -> String {
    share.isFinite ? String(format: "%.1f %%", share * 100) : "–"
  }

  /// `12.4 MB`; decimal units.
  public static func bytes(_ count: Int) -> String {
    let units = ["B", "kB", "MB", "GB", "TB"]
    var value = Double(count)
    var unit = 0
    while value >= 1000, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return unit == 0 ? "\(count) B" : String(format: "%.1f %@", value, units[unit])
  }

  /// `3.2 ms`, `1.25 s`, `4 min 10 s`; for screens and run records, never for artifacts.
  public static func seconds(_ value: Double) -> String {
    switch value {
    case ..<0.001: String(format: "%.0f µs", value * 1e6)
    case ..<1: String(format: "%.1f ms", value * 1e3)
    case ..<120: String(format: "%.2f s", value)
    default:
      String(
        format: "%.0f min %.0f s", (value / 60).rounded(.down),
        value - (value / 60).rounded(.down) * 60)
    }
  }

  /// A value of a manifest in one line.
  public static func value(_ value: Value) -> String {
    switch value {
    case .string(let text): text
    case .real(let real): number(real)
    default: value.canonicalJSON
    }
  }
}
