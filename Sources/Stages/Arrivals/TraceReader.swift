import Foundation
import Kernels
import Pipeline

/// What was read from a file.
struct Trace {
  var series = ArrivalSeries(times: [])
  /// Rows that could not be read, and rows that were out of order; both refused unless lenient.
  var skipped = 0
  var moved = 0
}

/// Reads arrivals from the files that the parameters name.
///
/// Strict: the first row that cannot be read or whose time falls is an error with its line. Lenient:
/// such rows are skipped or sorted, and counted. Times are offsets from the first.
struct TraceReader {
  private let parameters: Arrivals.Parameters
  private let path: String
  private let name: String

  init(_ parameters: Arrivals.Parameters) {
    self.parameters = parameters
    path = parameters.file.path
    name = (path as NSString).lastPathComponent
  }

  func read(stream: RandomStream) throws -> Trace {
    switch parameters.source {
    case .csv: try readCSV()
    case .jsonLines: try readJSONLines()
    case .swf: try readWorkload()
    case .rates: try readRates(stream)
    case .hdf5: try readEarlierRun()
    case .historicLog: try readLog()
    case .poisson, .markovModulated, .selfExciting, .diurnal: Trace()
    }
  }

  /// A row as it was read, with its line for messages.
  private struct Row {
    var nanoseconds: Int64
    var work = Double.nan
    var line: Int
  }

  private func readCSV() throws -> Trace {
    let file = try CSVFile(path: path)
    let times = try file.texts(parameters.timeColumn)
    let works = parameters.workColumn.isEmpty ? nil : try file.texts(parameters.workColumn)
    var rows: [Row] = []
    var trace = Trace()
    for (i, text) in times.enumerated() {
      let line = file.line(ofRow: i)
      guard let time = nanoseconds(text) else {
        try skip(
          &trace, line, "column '\(parameters.timeColumn)'", timeWords, "'\(text.prefix(40))'")
        continue
      }
      guard let work = works.map({ work($0[i]) }) ?? .nan else {
        try skip(
          &trace, line, "column '\(parameters.workColumn)'", "seconds from 0 on",
          "'\(works?[i].prefix(40) ?? "")'")
        continue
      }
      rows.append(Row(nanoseconds: time, work: work, line: line))
    }
    return try finish(rows, &trace)
  }

  private func readJSONLines() throws -> Trace {
    var rows: [Row] = []
    var trace = Trace()
    for (number, line) in try lines().enumerated() where !line.allSatisfy(\.isWhitespace) {
      let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      guard let object else {
        try skip(&trace, number + 1, "", "a JSON object", "'\(line.prefix(40))'")
        continue
      }
      guard let time = object[parameters.timeColumn].flatMap({ nanoseconds("\($0)") }) else {
        try skip(
          &trace, number + 1, "key '\(parameters.timeColumn)'", timeWords,
          object[parameters.timeColumn].map { "'\($0)'" } ?? "none")
        continue
      }
      var row = Row(nanoseconds: time, line: number + 1)
      if !parameters.workColumn.isEmpty {
        guard let work = object[parameters.workColumn].flatMap({ work("\($0)") }) else {
          try skip(
            &trace, number + 1, "key '\(parameters.workColumn)'", "seconds from 0 on", "none")
          continue
        }
        row.work = work
      }
      rows.append(row)
    }
    return try finish(rows, &trace)
  }

  /// 18 fields, of which submit time (2) and run time (4) count; -1 stands for unknown.
  private func readWorkload() throws -> Trace {
    var rows: [Row] = []
    var trace = Trace()
    for (number, line) in try lines().enumerated() {
      let fields = line.split(whereSeparator: \.isWhitespace)
      guard let first = fields.first, !first.hasPrefix(";") else { continue }
      guard fields.count == 18 else {
        try skip(&trace, number + 1, "", "18 fields", "\(fields.count)")
        continue
      }
      guard let submit = TimeStamp.nanoseconds(decimal: fields[1], unit: .seconds), submit >= 0,
        let run = Double(fields[3]), run >= 0 || run == -1
      else {
        try skip(
          &trace, number + 1, "fields 2 and 4", "submit and run time in seconds, or -1",
          "'\(fields[1])' and '\(fields[3])'")
        continue
      }
      rows.append(Row(nanoseconds: submit, work: run < 0 ? .nan : run, line: number + 1))
    }
    return try finish(rows, &trace)
  }

  private func readRates(_ stream: RandomStream) throws -> Trace {
    let counts = try CSVFile(path: path).parse(
      parameters.countColumn, "a whole number from 0 on"
    ) { text in Int(text).flatMap { $0 >= 0 ? $0 : nil } }
    guard counts.reduce(0, +) <= 1_000_000_000 else {
      throw DataError(name, expected: "at most a thousand million arrivals", found: "more")
    }
    return Trace(
      series: ArrivalSeries.spread(
        counts: counts, interval: parameters.interval, evenly: parameters.evenly, stream: stream))
  }

  private func readEarlierRun() throws -> Trace {
    let times = try ArtifactReader(opening: path).read(TrafficArtifact.sent)
    guard let first = times.first else { return Trace() }
    return Trace(series: ArrivalSeries(times: times.map { $0 - first }))
  }

  private func readLog() throws -> Trace {
    let recording = try Recording(log: parameters.file, lenient: parameters.lenient)
    return Trace(series: ArrivalSeries(times: recording.times), skipped: recording.skippedCount)
  }

  private func lines() throws(DataError) -> [Substring] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    guard let text = String(validating: data, as: UTF8.self) else {
      throw DataError(name, expected: "a UTF-8 text", found: "other bytes")
    }
    return text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
  }

  private func nanoseconds(_ text: String) -> Int64? {
    switch parameters.timeFormat {
    case .seconds: TimeStamp.nanoseconds(decimal: text, unit: .seconds)
    case .milliseconds: TimeStamp.nanoseconds(decimal: text, unit: .milliseconds)
    case .microseconds: TimeStamp.nanoseconds(decimal: text, unit: .microseconds)
    case .nanoseconds: TimeStamp.nanoseconds(decimal: text, unit: .nanoseconds)
    case .date: TimeStamp.nanoseconds(date: text)
    }
  }

  private var timeWords: String {
    parameters.timeFormat == .date
      ? "a date such as 2023-11-16 18:15:46.68" : "a number of \(parameters.timeFormat.rawValue)"
  }

  private func work(_ text: String) -> Double? {
    Double(text).flatMap { $0 >= 0 && $0.isFinite ? $0 : nil }
  }

  private func skip(
    _ trace: inout Trace, _ line: Int, _ place: String, _ expected: String, _ found: String
  ) throws(DataError) {
    guard parameters.lenient else {
      throw DataError(
        name, at: "line \(line)" + (place.isEmpty ? "" : ", \(place)"), expected: expected,
        found: found)
    }
    trace.skipped += 1
  }

  /// Offsets in seconds; the difference of two times is exact before it becomes one.
  private func finish(_ rows: [Row], _ trace: inout Trace) throws(DataError) -> Trace {
    for (before, row) in zip(rows, rows.dropFirst()) where row.nanoseconds < before.nanoseconds {
      guard parameters.lenient else {
        throw DataError(
          name, at: "line \(row.line)", expected: "times that do not fall, or lenient: true",
          found: "a time \(Double(before.nanoseconds - row.nanoseconds) / 1e9) s before the last")
      }
      trace.moved += 1
    }
    let first = rows.map(\.nanoseconds).min() ?? 0
    trace.series = ArrivalSeries(
      times: rows.map { Double($0.nanoseconds - first) / 1e9 }, works: rows.map(\.work))
    if trace.moved > 0 { trace.series = trace.series.sorted() }
    return trace
  }
}
