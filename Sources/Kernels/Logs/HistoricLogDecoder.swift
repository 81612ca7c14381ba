/// Reads the historic log, record by record.
///
///     let records = try HistoricLogDecoder().decode(bytes)
///
/// Strict by default: the first malformed record is an error. A lenient reader skips and counts
/// them. Bytes behind the first NUL of a record are kernel memory: they are never read.
public struct HistoricLogDecoder: Sendable {
  let isLenient: Bool

  public init(lenient: Bool = false) {
    isLenient = lenient
  }

  /// What a log holds.
  public struct Result: Sendable, Equatable {
    public var records: [HistoricLogRecord] = []
    /// The place of each record in the file, in records from the start.
    public var indices: [Int] = []
    /// What a lenient reader skipped.
    public var skipped: [HistoricLogError] = []
    /// The index of the first record with an equal line, or nil, for each record.
    public var duplicateOf: [Int?] = []

    public init() {}
  }

  public func decode(_ bytes: [UInt8]) throws(HistoricLogError) -> Result {
    var result = Result()
    let size = HistoricLogRecord.byteCount
    let whole = bytes.count / size
    for i in 0..<whole {
      do throws(HistoricLogError) {
        result.records.append(try record(bytes[i * size..<(i + 1) * size], i))
        result.indices.append(i)
      } catch {
        guard isLenient else { throw error }
        result.skipped.append(error)
      }
    }
    if bytes.count % size != 0 {
      let error = HistoricLogError(
        record: whole, byte: whole * size, expected: "a record of \(size) bytes",
        found: "\(bytes.count % size) bytes and the end of the file")
      guard isLenient else { throw error }
      result.skipped.append(error)
    }
    result.duplicateOf = duplicates(of: result, in: bytes)
    return result
  }

  /// Equal lines inside one file: the place of the first, for each later one; blanks do not count.
  private func duplicates(of result: Result, in bytes: [UInt8]) -> [Int?] {
    var firstPlace: [ArraySlice<UInt8>: Int] = [:]
    return zip(result.records, result.indices).map { record, i in
      guard record.kind != .blank else { return nil }
      let start = i * HistoricLogRecord.byteCount
      let line = bytes[start..<start + record.payloadBytes]
      if let first = firstPlace[line] { return first }
      firstPlace[line] = i
      return nil
    }
  }

  private func record(
    _ bytes: ArraySlice<UInt8>, _ index: Int
  ) throws(HistoricLogError) -> HistoricLogRecord {
    var cursor = LineCursor(bytes, record: index)
    guard let end = bytes.firstIndex(of: 0) else {
      throw cursor.error("a NUL behind the line", "none in \(bytes.count) bytes")
    }
    if end == bytes.startIndex, bytes.allSatisfy({ $0 == 0 }) { return .blank }
    cursor.end = end
    let kind = try cursor.kind()
    let token = try cursor.token()
    let first = try cursor.number("a number of seconds")
    try cursor.expect(UInt8(ascii: ":"))
    let digits = cursor.digits()
    let isV1 = cursor.next == UInt8(ascii: "#")
    let body = try cursor.body(from: isV1 ? cursor.position + 1 : digits.lowerBound)
    if isV1 { return try v1(kind, token, first, cursor, digits, body) }
    return try v2(kind, token, first, cursor, digits, body)
  }

  private func v1(
    _ kind: HistoricLogRecord.Kind, _ token: String, _ seconds: Int64, _ cursor: LineCursor,
    _ digits: Range<Int>, _ body: ArraySlice<UInt8>
  ) throws(HistoricLogError) -> HistoricLogRecord {
    let nanoseconds = try cursor.value(digits, "nanoseconds")
    guard nanoseconds < 1_000_000_000 else {
      throw cursor.error("nanoseconds below 1000000000", "\(nanoseconds)", at: digits.lowerBound)
    }
    let (scaled, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    let (time, carry) = scaled.addingReportingOverflow(nanoseconds)
    guard !overflow, !carry else {
      throw cursor.error("a time before the year 2262", "\(seconds) seconds")
    }
    let text = String(decoding: body, as: UTF8.self)
    let isMarker =
      token == "1000000" && seconds == 1_408_964_032 && nanoseconds == 335_925_644
      && text == "kingcobra_kernelspace_init"
    return HistoricLogRecord(
      kind: isMarker ? .moduleInitMarker : kind, dialect: .v1, token: token, first: seconds,
      second: nanoseconds, text: text, nanoseconds: time, payloadBytes: cursor.lineLength,
      isGuessed: false)
  }

  /// `ns:ns text`: two readings of one clock, so equally long numbers less than a second apart.
  private func v2(
    _ kind: HistoricLogRecord.Kind, _ token: String, _ first: Int64, _ cursor: LineCursor,
    _ digits: Range<Int>, _ body: ArraySlice<UInt8>
  ) throws(HistoricLogError) -> HistoricLogRecord {
    let width = String(first).utf8.count
    let plain = digits.count == width ? Int64(asciiDigits: cursor.bytes[digits]) : nil
    var split = digits.upperBound
    var second = plain
    var isGuessed = false
    if second == nil || abs((second ?? 0) - first) >= 1_000_000_000 {
      // A text that starts with a digit runs into the number: cut where both readings agree.
      guard isLenient, digits.count > width,
        let cut = Int64(asciiDigits: cursor.bytes[digits.lowerBound..<digits.lowerBound + width]),
        abs(cut - first) < 1_000_000_000
      else {
        throw cursor.error(
          "a second reading within a second of \(first), then a text without a leading digit",
          "'\(cursor.excerpt(digits))'", at: digits.lowerBound)
      }
      split = digits.lowerBound + width
      second = cut
      isGuessed = true
    }
    let reading = second ?? first
    return HistoricLogRecord(
      kind: kind, dialect: .v2, token: token, first: first, second: reading,
      text: String(decoding: body[split..<body.endIndex], as: UTF8.self),
      nanoseconds: min(first, reading), payloadBytes: cursor.lineLength, isGuessed: isGuessed)
  }
}

extension HistoricLogRecord {
  static let blank = HistoricLogRecord(
    kind: .blank, dialect: .none, token: "", first: 0, second: 0, text: "", nanoseconds: 0,
    payloadBytes: 0, isGuessed: false)
}

/// A place in the line of one record.
private struct LineCursor {
  let bytes: ArraySlice<UInt8>
  let record: Int
  var position: Int
  var end: Int

  init(_ bytes: ArraySlice<UInt8>, record: Int) {
    self.bytes = bytes
    self.record = record
    position = bytes.startIndex
    end = bytes.endIndex
  }

  var lineLength: Int { end - bytes.startIndex }
  var next: UInt8? { position < end ? bytes[position] : nil }

  func error(_ expected: String, _ found: String, at byte: Int? = nil) -> HistoricLogError {
    HistoricLogError(record: record, byte: byte ?? position, expected: expected, found: found)
  }

  /// Printable bytes of the line only: what lies there may be anything.
  func excerpt(_ range: Range<Int>) -> String {
    let shown = bytes[range.clamped(to: bytes.startIndex..<end)].prefix(24)
    return String(decoding: shown.map { (0x20...0x7E).contains($0) ? $0 : 0x3F }, as: UTF8.self)
  }

  mutating func kind() throws(HistoricLogError) -> HistoricLogRecord.Kind {
    for (word, kind) in [("REQUEST#", HistoricLogRecord.Kind.request), ("REPLY#", .reply)]
    where bytes[position..<end].starts(with: word.utf8) {
      position += word.utf8.count
      return kind
    }
    throw error("REQUEST# or REPLY#", "'\(excerpt(position..<position + 8))'")
  }

  mutating func token() throws(HistoricLogError) -> String {
    let start = position
    while let byte = next, isHexDigit(byte) { position += 1 }
    let length = position - start
    guard (1...8).contains(length), bytes[start] != UInt8(ascii: "0") || length == 1,
      next == UInt8(ascii: "#")
    else {
      throw error(
        "1 to 8 small hexadecimal digits without a leading zero, then #",
        "'\(excerpt(start..<start + 12))'", at: start)
    }
    position += 1
    return String(decoding: bytes[start..<start + length], as: UTF8.self)
  }

  private func isHexDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
  }

  mutating func digits() -> Range<Int> {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    return start..<position
  }

  mutating func number(_ what: String) throws(HistoricLogError) -> Int64 {
    try value(digits(), what)
  }

  func value(_ digits: Range<Int>, _ what: String) throws(HistoricLogError) -> Int64 {
    guard let value = Int64(asciiDigits: bytes[digits]) else {
      throw error(
        what, "'\(excerpt(digits.lowerBound..<digits.lowerBound + 12))'", at: digits.lowerBound)
    }
    return value
  }

  mutating func expect(_ byte: UInt8) throws(HistoricLogError) {
    guard next == byte else {
      throw error(
        "'\(Character(UnicodeScalar(byte)))'", "'\(excerpt(position..<position + 8))'")
    }
    position += 1
  }

  /// From a byte to the last ` $$` and line feed of the line.
  func body(from start: Int) throws(HistoricLogError) -> ArraySlice<UInt8> {
    let ending = Array(" $$\n".utf8)
    guard start <= end - ending.count, bytes[end - ending.count..<end].elementsEqual(ending) else {
      throw error(
        "' $$' and a line feed at the end of the line",
        "'\(excerpt(max(bytes.startIndex, end - 8)..<end))'", at: max(bytes.startIndex, end - 4))
    }
    return bytes[start..<end - ending.count]
  }
}

extension Int64 {
  /// Digits only; nil for none, or for more than fit.
  fileprivate init?(asciiDigits digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty else { return nil }
    self.init(String(decoding: digits, as: UTF8.self))
  }
}
