import Benchmark
import Foundation
import Kernels
import Pipeline
import TestSupport
import Testing

@Suite("The history of benchmarks")
struct BenchHistoryTests {
  private func record(_ median: Double, day: Int) -> BenchRecord {
    let times = Planted.times(around: median, count: 8, seed: UInt64(day))
    let one = Planted.record(cpu: times)
    return BenchRecord(
      experiment: one.experiment,
      measuredAt: String(format: "2026-%02d-%02dT12:00:00Z", 1 + day / 28, 1 + day % 28),
      program: one.program, machine: .current, seed: 1, cases: one.cases, metrics: [])
  }

  private func points(_ index: BenchHistory) throws -> [BenchHistory.Point] {
    try index.points(
      experiment: "planted", caseName: "traffic", quantity: "cpu",
      machine: MachineFacts.current.fingerprint, limit: 300)
  }

  @Test func `records are kept, and their medians found in order`() throws {
    let folder = try TemporaryFolder()
    let archive = BenchArchive(outputsRoot: folder.path)
    for day in [3, 1, 2] { try archive.keep(record(0.01 * Double(day), day: day)) }
    try archive.keep(base: record(9, day: 4))
    let found = try points(archive.index())
    #expect(found.map(\.measuredAt) == found.map(\.measuredAt).sorted() && found.count == 3)
    #expect(found.allSatisfy { $0.count == 8 && $0.median < 0.04 })
    #expect(folder.files.count { $0.hasSuffix(".json") } == 4)
  }

  @Test(arguments: [true, false])
  func `a lost or damaged index is made again`(isDamaged: Bool) throws {
    let folder = try TemporaryFolder()
    let archive = BenchArchive(outputsRoot: folder.path)
    try archive.keep(record(0.01, day: 1))
    let path = folder.path + "/.kcpipe/bench/history.sqlite"
    try FileManager.default.removeItem(atPath: path)
    if isDamaged { try folder.write("no database", to: ".kcpipe/bench/history.sqlite") }
    #expect(try points(archive.index()).count == 1)
  }

  @Test func `a planted change is a new level, with its day and size`() throws {
    let folder = try TemporaryFolder()
    let archive = BenchArchive(outputsRoot: folder.path)
    for day in 0..<40 { try archive.keep(record(day < 25 ? 0.04 : 0.05, day: day)) }
    let history = HistoryFigure(try points(archive.index()), .cpu)
    #expect(history.changes == [25])
    #expect(history.levels.count == 2)
    #expect(history.rows.map { $0[3] }.allSatisfy { $0.hasPrefix("+2") })
  }
}
