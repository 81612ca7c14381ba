extension UUIDv7: LosslessStringConvertible {
  /// Thirty-two lower-case hexadecimal digits in five groups (RFC 9562, section 4).
  public var description: String {
    var text = ""
    text.reserveCapacity(36)
    for (place, digit) in (Self.digits(high) + Self.digits(low)).enumerated() {
      if [8, 12, 16, 20].contains(place) { text.append("-") }
      text.append(digit)
    }
    return text
  }

  /// Reads the text of an identifier, in either case; nil if it is none or of another version.
  public init?(_ description: String) {
    let bytes = Array(description.utf8)
    guard bytes.count == 36 else { return nil }
    var words: (UInt64, UInt64) = (0, 0)
    for (place, byte) in bytes.enumerated() {
      if [8, 13, 18, 23].contains(place) {
        guard byte == UInt8(ascii: "-") else { return nil }
        continue
      }
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue else { return nil }
      words = (words.0 << 4 | words.1 >> 60, words.1 << 4 | UInt64(digit))
    }
    self.init(high: words.0, low: words.1)
  }

  private static func digits(_ word: UInt64) -> [Character] {
    let text = String(word, radix: 16)
    return Array(String(repeating: "0", count: 16 - text.count) + text)
  }
}
