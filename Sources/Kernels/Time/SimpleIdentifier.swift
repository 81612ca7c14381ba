/// The simple form of a message's identifier, `address:port#seconds:nanoseconds` (requirement N24).
///
///     let id = SimpleIdentifier("10.0.0.7:5672#1400000000:5000000")
///
/// Unique across the cloud as long as no address sends twice at one time, which
/// `SimpleIdentifierSource` sees to. Nanoseconds are not padded, as in the historic log: 5000000 is
/// 5 ms.
public struct SimpleIdentifier: Hashable, Sendable {
  /// A name or number of a host; an IPv6 address stands in brackets.
  public let address: String
  public let port: UInt16
  /// Nanoseconds since the clock's zero, not negative.
  public let nanoseconds: Int64

  /// Nil if the address is empty or holds what would end it, or if the time is negative.
  public init?(address: String, port: UInt16, nanoseconds: Int64) {
    let isBracketed = address.hasPrefix("[") && address.hasSuffix("]")
    let ends: Set<Character> = isBracketed ? ["#"] : ["#", ":"]
    guard !address.isEmpty, !address.contains(where: { ends.contains($0) || $0.isWhitespace }),
      nanoseconds >= 0
    else { return nil }
    self.address = address
    self.port = port
    self.nanoseconds = nanoseconds
  }
}

extension SimpleIdentifier: LosslessStringConvertible {
  public var description: String {
    "\(address):\(port)#\(nanoseconds / 1_000_000_000):\(nanoseconds % 1_000_000_000)"
  }

  /// Reads an identifier; nil if the text is none, numbers with signs or leading zeros included.
  public init?(_ description: String) {
    let halves = description.split(separator: "#", omittingEmptySubsequences: false)
    guard halves.count == 2, let colon = halves[0].lastIndex(of: ":") else { return nil }
    let times = halves[1].split(separator: ":", omittingEmptySubsequences: false)
    guard times.count == 2, let port = Self.number(halves[0][halves[0].index(after: colon)...]),
      let seconds = Self.number(times[0]), let rest = Self.number(times[1]),
      port <= UInt16.max, rest < 1_000_000_000, seconds < Int64.max / 1_000_000_000
    else { return nil }
    self.init(
      address: String(halves[0][..<colon]), port: UInt16(port),
      nanoseconds: seconds * 1_000_000_000 + rest)
  }

  private static func number(_ text: Substring) -> Int64? {
    guard let number = Int64(text), String(number) == text, number >= 0 else { return nil }
    return number
  }
}
