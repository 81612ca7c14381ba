/// A time-ordered identifier of 128 bits: 48 bits of milliseconds, then counter and random bits.
///
///     let source = UUIDv7Source(RandomStream(seed: 7, name: "traffic.message"))
///     print(source.id(0, milliseconds: 1_439_827_527_003))
///
/// Identifiers compare as their bytes and as their texts do.
///
/// Source: RFC 9562, sections 5.7 and 6.2 (method 1).
public struct UUIDv7: Hashable, Sendable, BitwiseCopyable {
  /// The first 64 bits: milliseconds, version 7, 12 bits of the counter.
  public let high: UInt64
  /// The last 64 bits: variant 0b10, 62 further bits.
  public let low: UInt64

  /// An identifier of the given fields.
  ///
  /// - Parameters:
  ///   - milliseconds: since 1970, below 2^48
  ///   - counter: below 2^40; it follows the time, so that it decides among equal ones
  ///   - random: of which 34 bits are used
  public init(milliseconds: UInt64, counter: UInt64, random: UInt64) {
    precondition(milliseconds >> 48 == 0, "the time does not fit 48 bits")
    precondition(counter >> 40 == 0, "the counter does not fit 40 bits")
    high = milliseconds << 16 | 0x7000 | counter >> 28
    low = 0x8000_0000_0000_0000 | (counter & 0xFFF_FFFF) << 34 | random & 0x3_FFFF_FFFF
  }

  /// The identifier of these bits; nil if version or variant say that it is none.
  public init?(high: UInt64, low: UInt64) {
    guard high >> 12 & 0xF == 7, low >> 62 == 2 else { return nil }
    self.high = high
    self.low = low
  }

  /// Milliseconds since 1970.
  public var milliseconds: UInt64 { high >> 16 }

  /// What decides among identifiers of one millisecond.
  public var counter: UInt64 { (high & 0xFFF) << 28 | low >> 34 & 0xFFF_FFFF }
}

extension UUIDv7: Comparable {
  public static func < (a: UUIDv7, b: UUIDv7) -> Bool { (a.high, a.low) < (b.high, b.low) }
}
