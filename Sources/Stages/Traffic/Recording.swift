import Foundation
import Kernels
import Pipeline

/// A recorded log or trace, read into memory.
struct Recording {
  private var log = HistoricLogDecoder.Result()
  /// Seconds since the first, rising.
  private(set) var times: [Double] = []

  /// Reads what the parameters name; an empty recording where requests are generated.
  static func load(_ parameters: Traffic.Parameters) throws -> Recording {
    var recording = Recording()
    switch parameters.source {
    case .generate: break
    case .historicLog: recording = try Recording(log: parameters.log, lenient: parameters.lenient)
    case .csv: try recording.readCSV(parameters)
    }
    return recording
  }

  var skippedCount: Int { log.skipped.count }

  func arrivals(count: Int, source: Traffic.Source) -> CloudReplay.Sendings {
    source == .generate ? .poisson(count: count) : .recorded(times)
  }

  private init() {}

  /// Reads a historic request log.
  init(log file: InputFile, lenient: Bool) throws(DataError) {
    let name = (file.path as NSString).lastPathComponent
    guard let data = FileManager.default.contents(atPath: file.path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    do throws(HistoricLogError) {
      log = try HistoricLogDecoder(lenient: lenient).decode([UInt8](data))
    } catch {
      throw DataError(
        name, at: "byte \(error.byte) (record \(error.record))", expected: error.expected,
        found: error.found)
    }
    times = Self.offsets(of: log.records)
  }

  /// Requests by their time within a dialect: real time and time since boot have no common origin,
  /// so each dialect begins at 0.
  private static func offsets(of records: [HistoricLogRecord]) -> [Double] {
    let requests = records.filter { $0.kind == .request }
    return HistoricLogRecord.Dialect.allCases.flatMap { dialect -> [Double] in
      let times = requests.filter { $0.dialect == dialect }.map(\.nanoseconds)
      guard let first = times.min() else { return [] }
      return times.map { Double($0 - first) * 1e-9 }
    }.sorted()
  }

  private mutating func readCSV(_ parameters: Traffic.Parameters) throws {
    let file = try CSVFile(path: parameters.log.path)
    let seconds = try file.numbers(parameters.timeColumn)
    for row in seconds.indices.dropFirst() where seconds[row] < seconds[row - 1] {
      guard parameters.lenient else {
        throw DataError(
          file.name, at: "line \(file.line(ofRow: row)), column '\(parameters.timeColumn)'",
          expected: "times that do not fall, or lenient: true",
          found: "\(seconds[row]) after \(seconds[row - 1])")
      }
    }
    let sorted = seconds.sorted()
    times = sorted.map { $0 - (sorted.first ?? 0) }
  }

  func write(to artifact: ArtifactWriter) throws {
    typealias A = TrafficLog
    let records = log.records
    try artifact.write(
      A.offset, log.indices.map { Int64($0 * HistoricLogRecord.byteCount) })
    try artifact.write(A.kind, records.map { Self.code($0.kind) })
    try artifact.write(A.dialect, records.map { Self.code($0.dialect) })
    try artifact.write(A.token, records.map(\.token))
    try artifact.write(A.first, records.map(\.first))
    try artifact.write(A.second, records.map(\.second))
    try artifact.write(A.time, records.map(\.nanoseconds))
    try artifact.write(A.text, records.map(\.text))
    try artifact.write(A.payload, records.map { Int32($0.payloadBytes) })
    try artifact.write(A.duplicateOf, log.duplicateOf.map { Int64($0 ?? -1) })
    try artifact.write(A.entryCount, records.count)
    try artifact.write(A.requestCount, records.count { $0.kind == .request })
    try artifact.write(A.markerCount, records.count { $0.kind == .moduleInitMarker })
    try artifact.write(A.blankCount, records.count { $0.kind == .blank })
    try artifact.write(A.skippedCount, log.skipped.count)
  }

  private static func code<Word: CaseIterable & Equatable>(_ word: Word) -> Int8 {
    Int8(Array(Word.allCases).firstIndex(of: word) ?? 0)
  }
}
