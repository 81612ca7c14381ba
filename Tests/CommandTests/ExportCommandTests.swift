import Foundation
import TestSupport
import Testing

@Suite("kcpipe export")
struct ExportCommandTests {
  private func makeRun() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: small, seed: 3}
      stages:
        population: {uses: population, with: {nodes: 6, clients: 20}}
        traffic:
          uses: traffic
          in: {population: population, truth: population.truth}
          with: {requests: 200}
      """, to: "small.yaml")
    let result = try Program.run(["run", "small.yaml", "-q"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    return folder
  }

  @Test func `a table as CSV and as JSON lines, twice the same`() throws {
    let folder = try makeRun()
    let csv = try Program.run(["export", "outputs/small/traffic"], in: folder.path)
    #expect(csv.status == 0, "\(csv.errors)")
    let lines = csv.output.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 202)
    #expect(lines[0].hasPrefix("message_id_high,message_id_low,message_client,"))
    let again = try Program.run(
      ["export", "outputs/small/traffic.h5", "--output", "a.csv"], in: folder.path)
    #expect(again.status == 0 && again.output.isEmpty)
    #expect(try String(contentsOfFile: folder.path + "/a.csv", encoding: .utf8) == csv.output)
    let json = try Program.run(
      ["export", "outputs/small/population", "--format", "jsonl", "--table", "node"],
      in: folder.path)
    let first = try #require(json.output.split(separator: "\n").first)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any])
    #expect(object["node_offers"] is [Any] && object["node_speed"] is Double)
  }

  @Test(.enabled(if: InstalledTool.path("python3") != nil, "needs python3"))
  func `Python reads both and finds equal values`() throws {
    let folder = try makeRun()
    for format in ["csv", "jsonl"] {
      let result = try Program.run(
        [
          "export", "outputs/small/traffic", "--format", format, "--output", "traffic.\(format)",
        ], in: folder.path)
      #expect(result.status == 0, "\(result.errors)")
    }
    try folder.write(
      """
      import csv, json, math
      rows = list(csv.DictReader(open("traffic.csv", newline="")))
      objects = [json.loads(line) for line in open("traffic.jsonl")]
      assert len(rows) == len(objects) == 200
      for row, one in zip(rows, objects):
          assert list(row) == list(one)
          assert int(row["message_id_high"]) == one["message_id_high"]
          assert float(row["sent_time"]) == one["sent_time"]
          assert row["outcome"] == one["outcome"] and row["message_route"] == one["message_route"]
          assert (row["replied_time"] == "") == (one["replied_time"] is None)
      assert sorted(float(r["sent_time"]) for r in rows) == [float(r["sent_time"]) for r in rows]
      """, to: "check.py")
    let python = try #require(InstalledTool.path("python3"))
    let child = try ChildProcess(["check.py"], executable: python, in: folder.path)
    let ended = try child.wait()
    #expect(ended.status == 0, "\(ended)")
  }

  @Test func `a log in both dialects`() throws {
    let folder = try makeRun()
    for format in ["log-1", "log-2"] {
      let result = try Program.run(
        ["export", "outputs/small/traffic", "--format", format, "--output", format],
        in: folder.path)
      #expect(result.status == 0, "\(result.errors)")
      let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + format))
      #expect(bytes.count % 256 == 0 && bytes.count > 200 * 256)
      #expect(bytes.starts(with: Data("REQUEST#".utf8)))
    }
  }

  @Test func `what cannot be exported is named, and leaves no file`() throws {
    let folder = try makeRun()
    func complaint(_ arguments: String..., status: Int32) throws -> String {
      let result = try Program.run(["export"] + arguments + ["--output", "x"], in: folder.path)
      #expect(result.status == status, "\(result.errors)")
      return result.errors
    }
    #expect(try complaint("outputs/small/trafic", status: 65).contains("no file"))
    #expect(
      try complaint("outputs/small/population", "--format", "log-1", status: 64)
        .contains("for steps of the stage traffic, and population made this"))
    #expect(
      try complaint("outputs/small/traffic", "--table", "node", status: 65)
        .contains("one of the tables message, report, suggestion"))
    #expect(
      try complaint("outputs/small/traffic", "--format", "log", status: 65).contains("STEP.log"))
    let path = folder.path + "/outputs/small/traffic.h5"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
    try handle.seek(toOffset: 5000)
    try handle.write(contentsOf: Data([0x5A, 0xA5]))
    try handle.close()
    #expect(
      try complaint("outputs/small/traffic", status: 65).contains("the bytes that run.json vouches")
    )
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!names.contains { $0.hasPrefix("x") })
  }
}
