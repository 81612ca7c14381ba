import Foundation

/// Points of time as records write them, in UTC.
///
/// Foundation's formatters would load the calendars of all languages for it, which costs more than
/// everything else that a run without changes does.
struct Timestamp: Sendable {
  private let calendar: (year: Int, month: Int, day: Int, hour: Int, minute: Int, second: Int)
  private let milliseconds: Int

  init(_ date: Date = Date()) {
    let whole = date.timeIntervalSince1970.rounded(.down)
    milliseconds = Int((date.timeIntervalSince1970 - whole) * 1000)
    var seconds = time_t(whole)
    var parts = unsafe tm()
    unsafe gmtime_r(&seconds, &parts)
    calendar = unsafe (
      Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday), Int(parts.tm_hour),
      Int(parts.tm_min), Int(parts.tm_sec)
    )
  }

  /// `2026-11-24T09:30:00.125Z`.
  var iso8601: String {
    let c = calendar
    let date = [(c.year, 4), (c.month, 2), (c.day, 2)].map(Self.padded).joined(separator: "-")
    let time = [(c.hour, 2), (c.minute, 2), (c.second, 2)].map(Self.padded).joined(separator: ":")
    return "\(date)T\(time).\(Self.padded(milliseconds, 3))Z"
  }

  /// `20261124T093000125`: sorts by time and fits into a file's name.
  var compact: String {
    let c = calendar
    let date = [(c.year, 4), (c.month, 2), (c.day, 2)].map(Self.padded).joined()
    let time = [(c.hour, 2), (c.minute, 2), (c.second, 2), (milliseconds, 3)].map(Self.padded)
    return "\(date)T\(time.joined())"
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
