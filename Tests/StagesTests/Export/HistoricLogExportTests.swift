import Foundation
import Kernels
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Export of request and reply logs")
struct HistoricLogExportTests {
  private func replay(
    _ folder: TemporaryFolder, _ change: (inout Traffic.Parameters) -> Void = { _ in }
  ) async throws -> [String: String] {
    var parameters = Traffic.Parameters()
    parameters.requests = 400
    change(&parameters)
    return try await StageHarness.run(Traffic.self, parameters, seed: 3, in: folder.path)
  }

  private func bytes(
    _ name: String, in folder: TemporaryFolder, _ body: (ExportFile) throws -> Void
  ) throws -> [UInt8] {
    let file = try ExportFile(folder.path + "/" + name)
    try body(file)
    try file.commit()
    return [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name)))
  }

  @Test(arguments: [HistoricLogExport.Dialect.v1, .v2])
  func `a replay's log is read back by the importer`(dialect: HistoricLogExport.Dialect)
    async throws
  {
    let folder = try TemporaryFolder()
    let files = try await replay(folder)
    let artifact = try ArtifactReader(opening: #require(files["main"]))
    let log = try bytes("log.queue", in: folder) {
      try HistoricLogExport(dialect).write(traffic: artifact, to: $0)
    }
    let records = try HistoricLogDecoder().decode(log).records
    let sent = try artifact.read("sent_time", as: Double.self)
    let replied = try artifact.read("replied_time", as: Double.self)
    #expect(records.count == 800)
    let origin: Int64 = dialect == .v1 ? 1_439_827_200_000_000_000 : 0
    let requests = records.filter { $0.kind == .request }
    #expect(requests.map { $0.nanoseconds - origin } == sent.map { Int64(($0 * 1e9).rounded()) })
    let replies = records.filter { $0.kind == .reply }
    #expect(
      replies.map { $0.nanoseconds - origin }
        == replied.map { Int64(($0 * 1e9).rounded()) }.sorted())
    #expect(zip(records, records.dropFirst()).allSatisfy { $0.nanoseconds <= $1.nanoseconds })
    // A request and its reply bear the same id, and no others do.
    #expect(Set(requests.map(\.text)) == Set(replies.map(\.text)))
    #expect(Set(requests.map(\.text)).count == 400)
    #expect(requests.allSatisfy { $0.token == "0" && $0.text.hasPrefix("urn:uuid:") })
    // The stage reads the same times from it.
    let again = try TemporaryFolder()
    let replayed = try await replay(again) {
      $0.source = .historicLog
      $0.log = InputFile(path: folder.path + "/log.queue")
    }
    let times = try ArtifactReader(opening: #require(replayed["main"]))
      .read("sent_time", as: Double.self)
    #expect(times.count == 400)
    #expect(zip(times, sent).allSatisfy { abs($0 - ($1 - sent[0])) < 2e-9 })
  }

  @Test func `an imported log is written back record by record`() async throws {
    let folder = try TemporaryFolder()
    let path = RepositoryRoot.path + "/experiments/data/requests.queue"
    let files = try await replay(folder) {
      $0.source = .historicLog
      $0.log = InputFile(path: path)
    }
    let artifact = try ArtifactReader(opening: #require(files["log"]))
    let written = try bytes("again.queue", in: folder) {
      try HistoricLogExport(.asRead).write(log: artifact, to: $0)
    }
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try HistoricLogDecoder().decode(written) == HistoricLogDecoder().decode(original))
    #expect(written.count == original.count)
    // What follows a line is zero, whatever followed it before.
    for start in stride(from: 0, to: written.count, by: 256) {
      let record = written[start..<start + 256]
      #expect(record.drop { $0 != 0 }.allSatisfy { $0 == 0 })
    }
  }

  @Test func `clocks of two origins are not mixed`() async throws {
    let folder = try TemporaryFolder()
    let both =
      try HistoricLogEncoder.encode(
        .request, token: "1", seconds: 1_400_000_000, nanoseconds: 5, text: "a")
      + HistoricLogEncoder.encodeV2(
        .reply, token: "2", later: 98_765_432_109_900, earlier: 98_765_432_109_100, text: "b")
    let path = folder.path + "/both.queue"
    try Data(both).write(to: URL(fileURLWithPath: path))
    let files = try await replay(folder) {
      $0.source = .historicLog
      $0.log = InputFile(path: path)
    }
    let log = try ArtifactReader(opening: #require(files["log"]))
    #expect(
      try bytes("same.queue", in: folder) {
        try HistoricLogExport(.asRead).write(log: log, to: $0)
      } == both)
    for (dialect, record) in [(HistoricLogExport.Dialect.v1, 1), (.v2, 0)] {
      let error = #expect(throws: DataError.self) {
        _ = try bytes("no.queue", in: folder) {
          try HistoricLogExport(dialect).write(log: log, to: $0)
        }
      }
      #expect(error?.place == "record \(record)")
    }
    // Nothing is left of what was refused.
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasPrefix("no.queue") })
    let main = try ArtifactReader(opening: #require(files["main"]))
    #expect(throws: DataError.self) {
      _ = try bytes("no.queue", in: folder) {
        try HistoricLogExport(.asRead).write(traffic: main, to: $0)
      }
    }
  }
}
