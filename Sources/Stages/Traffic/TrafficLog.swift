import Kernels
public import Pipeline

/// The entries of a recorded log as they stand in it; empty where requests were generated.
public enum TrafficLog: Artifact {
  static let entry = Dimension("entry", "a record of the log, in the order of the file")

  static let offset = Column<Int64>(
    "entry_offset", entry, unit: "byte", "where it starts in the file")
  static let kind = Column<Int8>(
    "entry_kind", entry, flags: HistoricLogRecord.Kind.allCases.map(\.rawValue), "what it is")
  static let dialect = Column<Int8>(
    "entry_dialect", entry, flags: HistoricLogRecord.Dialect.allCases.map(\.rawValue),
    "the dialect that it is written in")
  static let token = Column<String>("entry_token", entry, text: "the sender's token, opaque")
  static let first = Column<Int64>("entry_first", entry, unit: "1", "first number as written")
  static let second = Column<Int64>("entry_second", entry, unit: "1", "second number as written")
  static let time = Column<Int64>(
    "entry_time", entry, unit: "ns", "since 1970 in v1, since boot in v2; the two do not mix")
  static let text = Column<String>("entry_text", entry, text: "the message's text")
  static let payload = Column<Int32>(
    "entry_payload", entry, unit: "byte", "length before the first NUL")
  static let duplicateOf = Column<Int64>(
    "entry_duplicate_of", entry, unit: "1", "first record with an equal line; -1 for none")
  static let entryCount = Column<Int64>("entry_count", unit: "1", "records read")
  static let requestCount = Column<Int64>("request_count", unit: "1", "requests among them")
  static let markerCount = Column<Int64>("marker_count", unit: "1", "module load markers")
  static let blankCount = Column<Int64>("blank_count", unit: "1", "blank records")
  static let skippedCount = Column<Int64>("skipped_count", unit: "1", "malformed records skipped")

  public static let schema = ArtifactSchema(
    "traffic_log", "Decoded entries of a recorded request and reply log",
    [
      offset.entry, kind.entry, dialect.entry, token.entry, first.entry, second.entry, time.entry,
      text.entry, payload.entry, duplicateOf.entry, entryCount.entry, requestCount.entry,
      markerCount.entry, blankCount.entry, skippedCount.entry,
    ])
}
