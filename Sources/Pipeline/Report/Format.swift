import Foundation

/// Numbers as reports show them.
public enum Format {
  /// Six significant digits, without trailing zeros; whole numbers below 10^15 in full.
  public static func number(_ value: Double) -> String {
    if value.isNaN { return "–" }
    if value.isInfinite { return value > 0 ? "∞" : "−∞" }
    if value == value.rounded(), abs(value) < 1e15 { return String(Int64(value)) }
    return printed("%.6g", value)
  }

  /// `0.723 ± 0.054`: a half-width with two significant digits, and the value to the same decimal.
  static func interval(_ value: Double, _ halfWidth: Double) -> String {
    guard value.isFinite, halfWidth.isFinite, halfWidth > 0 else { return number(value) }
    let decimals = max(0, 1 - Int(log10(halfWidth).rounded(.down)))
    guard decimals <= 15 else { return "\(number(value)) ± \(printed("%.1e", halfWidth))" }
    return "\(printed("%.\(decimals)f", value)) ± \(printed("%.\(decimals)f", halfWidth))"
  }

  public static func number(_ value: Int) -> String { String(value) }

  /// A share as a percentage with one decimal.
  public static func percent(_ share: Double) -> String {
    share.isFinite ? printed("%.1f %%", share * 100) : "–"
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
    return unit == 0 ? "\(count) B" : "\(printed("%.1f", value)) \(units[unit])"
  }

  /// `3.2 ms`, `1.25 s`, `4 min 10 s`; for screens and run records, never for artifacts.
  public static func seconds(_ value: Double) -> String {
    switch value {
    case ..<0.001: printed("%.0f µs", value * 1e6)
    case ..<1: printed("%.1f ms", value * 1e3)
    case ..<120: printed("%.2f s", value)
    default:
      printed("%.0f min ", (value / 60).rounded(.down))
        + printed("%.0f s", value - (value / 60).rounded(.down) * 60)
    }
  }

  /// C's formatting of one number; Foundation's `String(format:)` loads a locale for it.
  static func printed(_ format: String, _ value: Double) -> String {
    var buffer = [CChar](repeating: 0, count: 400)
    let count = unsafe withVaList([value]) { arguments in
      unsafe vsnprintf(&buffer, buffer.count, format, arguments)
    }
    return String(
      decoding: buffer.prefix(max(0, min(Int(count), buffer.count - 1))).map(
        UInt8.init(bitPattern:)),
      as: UTF8.self)
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
