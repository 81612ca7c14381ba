import Foundation
import Kernels
public import Pipeline

/// Every record that was ever measured into an outputs folder, with an index of their medians.
public struct BenchArchive: Sendable {
  private let folder: String
  private let files: any FileSystem

  public init(outputsRoot: String, files: any FileSystem = LocalFileSystem()) {
    folder = outputsRoot + "/.kcpipe/bench"
    self.files = files
  }

  /// Keeps a record with all its samples, and its medians in the index.
  public func keep(_ record: BenchRecord) throws {
    try write(record, arm: "new")
    try index().add(Self.points(record))
  }

  /// Keeps the record of what was measured for comparison; it is no part of the history.
  public func keep(base record: BenchRecord) throws { try write(record, arm: "base") }

  private func write(_ record: BenchRecord, arm: String) throws {
    try files.makeFolder(folder)
    let stamp = record.measuredAt.filter { $0.isNumber || $0 == "T" }
    let name = "\(record.experiment)-\(stamp)-\(arm).json"
    try files.replace(folder + "/" + name, with: Data(record.text.utf8), isDurable: false)
  }

  /// The index of medians; where it is lost or was damaged it is made from the records.
  public func index() throws -> BenchHistory {
    try files.makeFolder(folder)
    let history = try BenchHistory(path: folder + "/history.sqlite")
    guard try history.isEmpty else { return history }
    for name in try files.list(folder) where name.hasSuffix("-new.json") {
      guard let record = try? BenchRecord(files.read(folder + "/" + name), file: name) else {
        continue
      }
      try history.add(Self.points(record))
    }
    return history
  }

  private static func points(_ record: BenchRecord) -> [BenchHistory.Point] {
    record.cases.flatMap { one in
      one.series.compactMap { quantity, values in
        Quantiles(values).map { quantiles in
          BenchHistory.Point(
            experiment: record.experiment, caseName: one.name, quantity: quantity.word,
            measuredAt: record.measuredAt, build: record.program.build,
            machine: record.machine.fingerprint, count: values.count, median: quantiles.median)
        }
      }
    }
  }
}
