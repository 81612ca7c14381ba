/// One 256-byte record of the historic request and reply log (requirement N24d).
///
/// The grammar, by record:
///
///     record = line NUL junk | 256 zero bytes
///     line   = kind "#" token "#" clock " $$\n"
///     clock  = seconds ":" nanoseconds "#" text        dialect v1, real time
///            | ns ":" ns text                          dialect v2, two readings since boot
///
/// Source: the kernel module of the original system; `c-src/testlogs` of its repository.
public struct HistoricLogRecord: Sendable, Equatable {
  public static let byteCount = 256

  public enum Kind: String, CaseIterable, Sendable {
    /// A literal that the module wrote each time it was loaded; neither a message nor a time.
    case moduleInitMarker = "module_init_marker"
    case request
    case reply
    /// A record of zero bytes.
    case blank
  }

  public enum Dialect: String, CaseIterable, Sendable {
    case none, v1, v2
  }

  public let kind: Kind
  public let dialect: Dialect
  /// Opaque: it was meant to be an address and holds bytes of a socket.
  public let token: String
  /// The two numbers as written: seconds and nanoseconds in v1, two readings in v2.
  public let first: Int64
  public let second: Int64
  /// Any bytes but NUL, decoded as UTF-8 with replacement.
  public let text: String
  /// Nanoseconds of real time in v1, since boot (the smaller reading) in v2; the two do not mix.
  public let nanoseconds: Int64
  /// The length of the line, before the first NUL.
  public let payloadBytes: Int
  /// Whether the boundary between the second number and a text that starts with a digit had to be
  /// guessed (lenient reading only).
  public let isGuessed: Bool
}

/// Why a record makes no sense; the byte counts from the start of the file.
public struct HistoricLogError: Error, Sendable, Equatable {
  public let record: Int
  public let byte: Int
  public let expected: String
  public let found: String
}
