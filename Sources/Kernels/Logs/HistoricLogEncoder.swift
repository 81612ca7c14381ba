/// Writes records of the historic log; what follows the line is zero, never old memory.
///
///     let bytes = try HistoricLogEncoder.encode(.request, token: "10000ab", seconds: 1400000000,
///       nanoseconds: 5000000, text: "hello")
public enum HistoricLogEncoder {
  /// A v1 record: real time in seconds and nanoseconds, then the text.
  public static func encode(
    _ kind: HistoricLogRecord.Kind, token: String, seconds: Int64, nanoseconds: Int64, text: String
  ) throws(HistoricLogError) -> [UInt8] {
    try pad("\(word(kind))#\(token)#\(seconds):\(nanoseconds)#\(text) $$\n")
  }

  /// A v2 record: two readings of the monotonic clock, the later one first, then the text.
  public static func encodeV2(
    _ kind: HistoricLogRecord.Kind, token: String, later: Int64, earlier: Int64, text: String
  ) throws(HistoricLogError) -> [UInt8] {
    try pad("\(word(kind))#\(token)#\(later):\(earlier)\(text) $$\n")
  }

  private static func word(_ kind: HistoricLogRecord.Kind) -> String {
    kind == .reply ? "REPLY" : "REQUEST"
  }

  private static func pad(_ line: String) throws(HistoricLogError) -> [UInt8] {
    var bytes = Array(line.utf8)
    guard bytes.count < HistoricLogRecord.byteCount, !bytes.contains(0) else {
      throw HistoricLogError(
        record: 0, byte: 0, expected: "a line of at most 255 bytes without a NUL",
        found: "\(bytes.count) bytes")
    }
    bytes += [UInt8](repeating: 0, count: HistoricLogRecord.byteCount - bytes.count)
    return bytes
  }
}
