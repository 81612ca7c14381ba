/// The id of a coin and of the message that it is: a UUID of version 7.
///
/// It reads and prints in the form of RFC 9562, section 4: `018bcfe5-6800-7000-8000-0001c7f0a1b2`.
/// Ids that a mint issues sort in the order of issue.
public struct CoinID: Sendable, Equatable {
  public let high: UInt64
  public let low: UInt64

  public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// Version 7 with a counter of 42 bits after the time (RFC 9562, section 6.2, method 1).
  ///
  /// - Parameters:
  ///   - milliseconds: time since the epoch; its lowest 48 bits are kept.
  ///   - counter: rises with each id; its lowest 42 bits are kept.
  ///   - random: bits that no holder can guess.
  init(milliseconds: UInt64, counter: UInt64, random: UInt32) {
    high = milliseconds << 16 | 7 << 12 | (counter >> 30 & 0xFFF)
    low = 0b10 << 62 | (counter & 0x3FFF_FFFF) << 32 | UInt64(random)
  }
}

extension CoinID: Comparable {
  public static func < (a: CoinID, b: CoinID) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }
}

extension CoinID: LosslessStringConvertible {
  public var description: String {
    let digits = high.hexadecimal + low.hexadecimal
    var text = ""
    for (i, digit) in digits.enumerated() {
      if Self.hyphens.contains(i) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  /// Reads 32 hexadecimal digits in the groups 8-4-4-4-12; nil for anything else.
  public init?(_ description: String) {
    let groups = description.split(separator: "-", omittingEmptySubsequences: false)
    guard groups.map(\.utf8.count) == [8, 4, 4, 4, 12] else { return nil }
    let digits = groups.joined()
    guard digits.utf8.count == 32, digits.allSatisfy(\.isHexDigit) else { return nil }
    guard let high = UInt64(digits.prefix(16), radix: 16),
      let low = UInt64(digits.suffix(16), radix: 16)
    else { return nil }
    self.init(high: high, low: low)
  }

  /// The digits before which a hyphen stands.
  private static let hyphens = [8, 12, 16, 20]
}

extension UInt64 {
  /// Sixteen lower-case hexadecimal digits.
  var hexadecimal: String {
    let digits = String(self, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
