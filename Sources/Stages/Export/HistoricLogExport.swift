import Kernels
public import Pipeline

/// Writes requests and replies as the historic log had them: fixed records of 256 bytes (requirement
/// N24d).
///
///     try HistoricLogExport(.v1).write(traffic: artifact, to: file)
///
/// Of a replay each request gives a `REQUEST` at the time of its sending, and each reply a `REPLY`
/// when the client has it; both bear the client's number as token (`ffffffff` for an unknown one) and
/// the message's UUID in the text. Records are in the order of time, to the nanosecond; of equal times
/// requests come first, then by number. Real time (v1) begins at the replay's epoch, time since boot
/// (v2) at its start. Of a log that was imported each record is written again with its own numbers.
/// Behind each line the record is zero. Memory holds 24 bytes a message.
public struct HistoricLogExport {
  public enum Dialect: String, CaseIterable, Sendable {
    /// `seconds:nanoseconds#text`, real time.
    case v1 = "log-1"
    /// `ns:ns text`, two readings of the clock since boot.
    case v2 = "log-2"
    /// The dialect that each record of an imported log was read in.
    case asRead = "log"
  }

  private let dialect: Dialect

  public init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  /// Writes a replay's requests and replies, from the main output of the stage `traffic`.
  public func write(traffic: ArtifactReader, to file: ExportFile) throws {
    guard dialect != .asRead else {
      throw DataError(
        traffic.baseName, expected: "the dialect log-1 or log-2",
        found: "log, which only an imported log has (STEP.log)")
    }
    let epoch = Int64(try traffic.scalar(TrafficArtifact.epoch))
    let events = try Self.events(traffic)
    let lines = try MessageLines(traffic)
    for (i, event) in events.enumerated() {
      if i % 8192 == 0 { try Task.checkCancellation() }
      let kind: HistoricLogRecord.Kind = event.isReply ? .reply : .request
      let message = event.message
      try file.write(
        try encode(
          kind, lines.token(message), event.nanoseconds, epoch: epoch, lines.text(message),
          traffic.baseName, record: i))
    }
  }

  /// Writes the entries of an imported log, from the output `log` of the stage `traffic`.
  ///
  /// Those of another dialect are refused, since real time and time since boot have no common origin.
  public func write(log: ArtifactReader, to file: ExportFile) throws {
    typealias A = TrafficLog
    let kinds = try log.read(A.kind)
    let dialects = try log.read(A.dialect)
    let tokens = try log.read(A.token)
    let (first, second) = (try log.read(A.first), try log.read(A.second))
    let texts = try log.read(A.text)
    for i in kinds.indices {
      let kind = HistoricLogRecord.Kind.allCases[Int(kinds[i])]
      guard kind != .blank else {
        try file.write([UInt8](repeating: 0, count: HistoricLogRecord.byteCount))
        continue
      }
      let own = HistoricLogRecord.Dialect.allCases[Int(dialects[i])]
      try check(own, log.baseName, record: i)
      try file.write(
        try Self.refusing(log.baseName, record: i) { () throws(HistoricLogError) in
          own == .v1
            ? try HistoricLogEncoder.encode(
              kind, token: tokens[i], seconds: first[i], nanoseconds: second[i], text: texts[i])
            : try HistoricLogEncoder.encodeV2(
              kind, token: tokens[i], later: first[i], earlier: second[i], text: texts[i])
        })
    }
  }

  private func check(
    _ own: HistoricLogRecord.Dialect, _ name: String, record: Int
  ) throws(DataError) {
    let isFitting = dialect == .asRead || (dialect == .v1) == (own == .v1)
    guard isFitting else {
      throw DataError(
        name, at: "record \(record)", expected: "a record of the dialect \(dialect.rawValue)",
        found:
          "one of \(own.rawValue), whose clock has another origin; export it as log, csv or jsonl")
    }
  }

  private func encode(
    _ kind: HistoricLogRecord.Kind, _ token: String, _ nanoseconds: Int64, epoch: Int64,
    _ text: String, _ name: String, record: Int
  ) throws(DataError) -> [UInt8] {
    try Self.refusing(name, record: record) { () throws(HistoricLogError) in
      dialect == .v1
        ? try HistoricLogEncoder.encode(
          kind, token: token, seconds: epoch + nanoseconds / 1_000_000_000,
          nanoseconds: nanoseconds % 1_000_000_000, text: text)
        : try HistoricLogEncoder.encodeV2(
          kind, token: token, later: nanoseconds, earlier: nanoseconds, text: text)
    }
  }

  private static func refusing(
    _ name: String, record: Int, _ body: () throws(HistoricLogError) -> [UInt8]
  ) throws(DataError) -> [UInt8] {
    do throws(HistoricLogError) {
      return try body()
    } catch {
      throw DataError(
        name, at: "record \(record)", expected: error.expected, found: error.found)
    }
  }
}

extension HistoricLogExport {
  /// A request that is sent or a reply that is taken.
  private struct Event {
    let nanoseconds: Int64
    let message: Int
    let isReply: Bool
  }

  /// All of them in the order of time.
  private static func events(_ traffic: ArtifactReader) throws(DataError) -> [Event] {
    let sent = try traffic.read(TrafficArtifact.sent)
    let replied = try traffic.read(TrafficArtifact.replied)
    var events: [Event] = []
    events.reserveCapacity(sent.count * 2)
    for (message, time) in sent.enumerated() {
      events.append(
        Event(
          nanoseconds: try nanoseconds(time, message, traffic.baseName), message: message,
          isReply: false))
    }
    for (message, time) in replied.enumerated() where !time.isNaN {
      events.append(
        Event(
          nanoseconds: try nanoseconds(time, message, traffic.baseName), message: message,
          isReply: true))
    }
    events.sort { a, b in
      if a.nanoseconds != b.nanoseconds { return a.nanoseconds < b.nanoseconds }
      if a.isReply != b.isReply { return b.isReply }
      return a.message < b.message
    }
    return events
  }

  private static func nanoseconds(
    _ seconds: Double, _ message: Int, _ name: String
  ) throws(DataError) -> Int64 {
    guard seconds >= 0, seconds < 9e9 else {
      throw DataError(
        name, at: "message \(message)", expected: "a time from 0 to 9e9 s", found: "\(seconds) s")
    }
    return Int64((seconds * 1e9).rounded())
  }

  /// Token and text of each message.
  private struct MessageLines {
    private let client: [Int32]
    private let node: [Int32]
    private let service: [Int32]
    private let high: [UInt64]
    private let low: [UInt64]

    init(_ traffic: ArtifactReader) throws(DataError) {
      typealias A = TrafficArtifact
      client = try traffic.read(A.client)
      node = try traffic.read(A.node)
      service = try traffic.read(A.service)
      high = try traffic.read(A.idHigh)
      low = try traffic.read(A.idLow)
    }

    func token(_ message: Int) -> String {
      String(UInt32(bitPattern: client[message]), radix: 16)
    }

    /// Begins with a letter, so that it cannot run into the second number of a v2 record.
    func text(_ message: Int) -> String {
      let id = UUIDv7(high: high[message], low: low[message])
      return "urn:uuid:\(id?.description ?? "none") node \(node[message]) type \(service[message])"
    }
  }
}
