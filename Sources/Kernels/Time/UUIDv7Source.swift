/// Identifiers from simulated time and a seeded counter: equal seeds give equal identifiers.
///
/// The counter of message n is a seeded start plus n, so two messages of one source never share an
/// identifier, those of one millisecond sort by their numbers, and no identifier depends on which
/// was asked for first. The random bits tell sources apart.
///
/// Source: RFC 9562, section 6.2: a counter of fixed length that starts at random with a clear
/// highest bit; the last time is kept where a clock goes back.
public struct UUIDv7Source: Sendable {
  private let stream: RandomStream
  private let start: UInt64
  /// The time of the latest identifier that `next` gave.
  private var latest: UInt64 = 0
  private var count: UInt64 = 0

  /// The source that belongs to a stream.
  public init(_ stream: RandomStream) {
    self.stream = stream
    start = stream.block(0, purpose: Self.startPurpose).word0 >> 25
  }

  /// The purposes of the stream that a source draws for.
  private static var startPurpose: UInt64 { 0x7569_6437_0000_0001 }
  private static var randomPurpose: UInt64 { 0x7569_6437_0000_0002 }

  /// The identifier of message `number`, below 2^39, sent at a moment of simulated time.
  public func id(_ number: UInt64, milliseconds: UInt64) -> UUIDv7 {
    precondition(number >> 39 == 0, "a source numbers fewer than 2^39 messages")
    return UUIDv7(
      milliseconds: milliseconds, counter: start + number,
      random: stream.block(number, purpose: Self.randomPurpose).word0)
  }

  /// The identifier after all that were given so far, also where a skewed clock went back.
  public mutating func next(milliseconds: UInt64) -> UUIDv7 {
    latest = max(latest, milliseconds)
    defer { count += 1 }
    return id(count, milliseconds: latest)
  }
}
