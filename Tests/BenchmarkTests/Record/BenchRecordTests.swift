import Benchmark
import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Benchmark records")
struct BenchRecordTests {
  private var record: BenchRecord {
    Planted.record(
      [
        "traffic": [.cpu: Planted.times(seed: 1), .bytesRead: [Double](repeating: 4096, count: 20)]
      ],
      metrics: [Planted.metric(0.9, relative: 0.01)],
      unavailable: ["instructions": "the kernel has no performance counters"])
  }

  private func read(_ text: String) throws(DataError) -> BenchRecord {
    try BenchRecord(Data(text.utf8), file: "baseline.json")
  }

  @Test func `a record is read as it was written`() throws {
    #expect(try read(record.text) == record)
  }

  @Test func `equal records have equal texts, a line per series`() {
    #expect(record.text == record.text)
    let lines = record.text.split(separator: "\n").filter { $0.contains("\"read_bytes\"") }
    #expect(lines.count == 1 && lines.first?.contains("[4096, 4096, ") == true)
    #expect(record.text.utf8.count < 4000)
  }

  @Test func `no host name stands in it`() {
    let host = ProcessInfo.processInfo.hostName
    #expect(host.count < 4 || !record.text.contains(host))
  }

  @Test(arguments: [
    ("", "no readable JSON"), ("{", "no readable JSON"), ("[1, 2]", "another kind of file"),
    (#"{"format": 1, "metrics": {}}"#, "another kind of file"),
    (#"{"kind": "kcpipe benchmark"}"#, "'format'"),
    (#"{"kind": "kcpipe benchmark", "format": 1}"#, "'experiment': expected a text, found nothing"),
  ])
  func `a damaged or foreign file is named with what is wrong`(text: String, hint: String) {
    let error = #expect(throws: DataError.self) { try read(text) }
    #expect(error?.description.hasPrefix("baseline.json") == true)
    #expect(error?.description.contains(hint) == true, "\(error?.description ?? "")")
  }

  @Test func `a cut file is damaged`() {
    let text = record.text
    for share in [0.2, 0.5, 0.9] {
      let cut = String(text.prefix(Int(Double(text.count) * share)))
      #expect(throws: DataError.self) { try read(cut) }
    }
  }

  @Test func `a newer format is refused, and says so`() {
    let newer = record.text.replacing("\"format\": 1", with: "\"format\": 2")
    let error = #expect(throws: DataError.self) { try read(newer) }
    #expect(error?.description.contains("newer kcpipe") == true)
  }

  @Test(arguments: [
    ("0.9", "\"much\""), ("\"cpu_s\"", "\"cpu_years\""), ("[4096, ", "[-1, "), ("[4096, ", "["),
    ("\"seed\": \"7\"", "\"seed\": \"seven\""),
  ])
  func `a member of the wrong kind is named by its place`(from: String, to: String) {
    let broken = record.text.replacing(from, with: to, maxReplacements: 1)
    #expect(broken != record.text)
    let error = #expect(throws: DataError.self) { try read(broken) }
    #expect(error?.description.contains(", '") == true, "\(error?.description ?? "")")
  }
}

@Suite("Baselines")
struct BaselineFolderTests {
  private let record = Planted.record(cpu: Planted.times(seed: 1))

  @Test func `a baseline is saved, found, listed and removed`() throws {
    let folder = try TemporaryFolder()
    let baselines = BaselineFolder(path: folder.path + "/baselines")
    #expect(baselines.names().isEmpty)
    try baselines.save(record, as: "main-2026")
    #expect(baselines.names() == ["main-2026"])
    #expect(try baselines.find("main-2026") == record)
    #expect(try baselines.find(folder.path + "/baselines/main-2026.json") == record)
    try baselines.remove("main-2026")
    #expect(try baselines.find("main-2026") == nil)
  }

  @Test func `a baseline that is damaged is an error and not absent`() throws {
    let folder = try TemporaryFolder()
    _ = try folder.write("{\"kind\": ", to: "main.json")
    #expect(throws: DataError.self) { try BaselineFolder(path: folder.path).find("main") }
  }

  @Test(arguments: ["", "../main", "a/b", ".hidden", "-x", "näme", "a b"])
  func `a name is a word`(name: String) {
    #expect(!BaselineFolder.isName(name))
    #expect(BaselineFolder.isName("v1.2_main-x"))
  }
}
