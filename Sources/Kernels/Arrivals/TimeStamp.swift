/// Points of time as logs and traces write them, read exactly into nanoseconds.
public enum TimeStamp {
  /// How a number counts time.
  public enum Unit: Int64, Sendable {
    case seconds = 1_000_000_000
    case milliseconds = 1_000_000
    case microseconds = 1000
    case nanoseconds = 1
  }

  /// Nanoseconds of a decimal number of units, without a detour over binary fractions.
  ///
  /// Nil where it is none or does not fit into 64 bits. What lies below a nanosecond is dropped.
  public static func nanoseconds(decimal text: some StringProtocol, unit: Unit) -> Int64? {
    var digits = text[...]
    let isNegative = digits.first == "-"
    if isNegative || digits.first == "+" { digits = digits.dropFirst() }
    let parts = digits.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first, let count = number(whole), !whole.isEmpty else { return nil }
    let (scaled, overflow) = count.multipliedReportingOverflow(by: unit.rawValue)
    guard !overflow else { return nil }
    var sum = scaled
    if parts.count == 2 {
      guard let fraction = fraction(parts[1], of: unit.rawValue) else { return nil }
      sum += fraction
    }
    return isNegative ? -sum : sum
  }

  /// Nanoseconds since 1970 of a date such as `2023-11-16 18:15:46.6805900`, with a `T` in the middle
  /// and a zone (`Z`, `+01:00`) where there is one; without a zone it counts as UTC.
  public static func nanoseconds(date text: some StringProtocol) -> Int64? {
    let bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[4] == 0x2D, bytes[7] == 0x2D, bytes[13] == 0x3A,
      bytes[16] == 0x3A, bytes[10] == 0x20 || bytes[10] == 0x54
    else { return nil }
    func field(_ range: Range<Int>) -> Int64? {
      number(String(decoding: bytes[range], as: UTF8.self))
    }
    guard let year = field(0..<4), let month = field(5..<7), let day = field(8..<10),
      let hour = field(11..<13), let minute = field(14..<16), let second = field(17..<19),
      (1...12).contains(month), day >= 1, day <= days(in: month, of: year), hour < 24, minute < 60,
      second < 61
    else { return nil }
    var rest = bytes[19...]
    var nanoseconds: Int64 = 0
    if rest.first == 0x2E {
      let digits = rest.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard !digits.isEmpty,
        let part = fraction(String(decoding: digits, as: UTF8.self), of: Unit.seconds.rawValue)
      else { return nil }
      nanoseconds = part
      rest = rest.dropFirst(1 + digits.count)
    }
    guard let offset = zone(String(decoding: rest, as: UTF8.self)) else { return nil }
    let seconds = daysSince1970(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    let (scaled, overflow) = (seconds - offset).multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? nil : scaled + nanoseconds
  }

  /// Seconds east of Greenwich; 0 for nothing or `Z`.
  private static func zone(_ text: String) -> Int64? {
    if text.isEmpty || text == "Z" { return 0 }
    let digits = text.dropFirst().filter { $0 != ":" }
    guard text.first == "+" || text.first == "-", digits.count == 4, let value = number(digits),
      value / 100 < 24, value % 100 < 60
    else { return nil }
    return (text.first == "-" ? -1 : 1) * (value / 100 * 3600 + value % 100 * 60)
  }

  private static func number(_ text: some StringProtocol) -> Int64? {
    text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int64(text) : nil
  }

  /// A part of `whole` by the digits behind the point.
  private static func fraction(_ digits: some StringProtocol, of whole: Int64) -> Int64? {
    guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    var (sum, place) = (Int64(0), whole)
    for digit in digits.utf8 where place > 1 {
      place /= 10
      sum += Int64(digit - 0x30) * place
    }
    return sum
  }

  private static func days(in month: Int64, of year: Int64) -> Int64 {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][Int(month - 1)]
  }

  /// Source: Hinnant, "chrono-compatible low-level date algorithms" (2013), `days_from_civil`.
  private static func daysSince1970(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}
