import Foundation
import TestSupport
import Testing

/// The program as its users run it, on the quickstart experiment.
@Suite("kcpipe run")
struct RunCommandTests {
  private static let quickstart = RepositoryRoot.path + "/experiments/quickstart.yaml"

  private func run(_ arguments: [String], out: String) throws -> Program.Result {
    try Program.run(["run", Self.quickstart, "--out", out] + arguments)
  }

  @Test func `gives equal bytes in two folders with one and two jobs, and from the store`() throws {
    let (first, second) = (try TemporaryFolder("first"), try TemporaryFolder("second ünïcode"))
    #expect(try run(["--jobs", "1"], out: first.path).status == 0)
    #expect(try run(["--jobs", "2"], out: second.path).status == 0)
    let (a, b) = (first.path + "/quickstart", second.path + "/quickstart")
    #expect(FolderComparison.differences(a, b) == [])
    try FileManager.default.removeItem(atPath: b)
    let restored = try run([], out: second.path)
    #expect(restored.output.contains("restored") && !restored.output.contains("executed"))
    #expect(FolderComparison.differences(a, b) == [])
  }

  @Test func `executes nothing the second time, and one branch after one change`() throws {
    let folder = try TemporaryFolder()
    #expect(try run([], out: folder.path).status == 0)
    let again = try run([], out: folder.path)
    #expect(again.status == 0)
    #expect(!again.output.contains("executed"), "\(again.output)")
    let changed = try run(["--param", "panel=7"], out: folder.path)
    let executed = changed.errors.split(separator: "\n").filter { $0.hasPrefix("executed") }
    #expect(executed.map { $0.split(separator: " ")[1] } == ["arbitration", "assessment"])
  }

  @Test func `ends promptly on an interrupt, leaves no part behind, and completes next time`()
    throws
  {
    let folder = try TemporaryFolder()
    let manifest = try folder.write(
      """
      kcpipe: 1
      experiment: {name: long}
      params: {requests: 20000000}
      stages: {traffic: {uses: traffic, with: {requests: "${requests}"}}}
      """, to: "long.yaml")
    let out = folder.path + "/out"
    let interrupted = try Program.run(
      ["run", manifest, "--out", out], interruptAfter: 1.5)
    #expect(interrupted.status == 128 + SIGINT, "\(interrupted.errors)")
    #expect(interrupted.errors.contains("interrupted"))
    let left = RepositoryRoot.files(below: out).filter {
      $0.hasSuffix(".h5") || $0.contains("tmp/")
    }
    #expect(left == [])
    let next = try Program.run(["run", manifest, "--out", out, "--param", "requests=1000"])
    #expect(next.status == 0, "\(next.errors)")
  }

  @Test func `without gnuplot the run succeeds and says what is missing`() throws {
    let folder = try TemporaryFolder()
    let manifest = RepositoryRoot.path + "/experiments/trade-network.yaml"
    let result = try Program.run(
      ["run", manifest, "--out", folder.path], environment: ["PATH": folder.path])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("gnuplot is not installed"))
    let report = try String(
      contentsOfFile: folder.path + "/trade-network/report.md", encoding: .utf8)
    #expect(report.contains("not drawn"))
    let withFigures = try Program.run(["run", manifest, "--out", folder.path])
    #expect(withFigures.status == 0)
    #expect(RepositoryRoot.files(below: folder.path).contains { $0.hasSuffix(".svg") })
  }

  @Test func `an artifact that was edited is noticed, made anew and never fed downstream`() throws {
    let folder = try TemporaryFolder()
    #expect(try run([], out: folder.path).status == 0)
    let path = folder.path + "/quickstart/population.h5"
    let original = try #require(FileManager.default.contents(atPath: path))
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.seek(toOffset: UInt64(original.count / 2))
    try handle.write(contentsOf: Data([0xFF, 0xFE, 0xFD]))
    try handle.close()
    #expect(try run([], out: folder.path).status == 0)
    #expect(FileManager.default.contents(atPath: path) == original)
  }

  @Test func `a claim that fails ends with 4 and tells both sides`() throws {
    let folder = try TemporaryFolder()
    let manifest = try folder.write(
      """
      kcpipe: 1
      experiment: {name: claims}
      stages: {population: {uses: population, with: {nodes: 10}}}
      metrics: {nodes: {from: population, path: node_count}}
      expect: [nodes > 10]
      """, to: "claims.yaml")
    let result = try Program.run(["run", manifest, "--out", folder.path + "/out"])
    #expect(result.status == 4)
    #expect(result.output.contains("10 against 10"))
  }

  @Test(
    "a truncated or foreign input ends with 65, naming file and place",
    arguments: [
      ("historic_log", "REQUEST#1#1:2#text", "byte 0"), ("csv", "time\n1\nlate\n", "line 3"),
    ])
  func damagedInput(source: String, text: String, place: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "input.dat")
    let manifest = try folder.write(
      """
      kcpipe: 1
      experiment: {name: damaged}
      stages: {replay: {uses: traffic, with: {source: \(source), log: input.dat}}}
      """, to: "a.yaml")
    let result = try Program.run(["run", manifest, "--out", folder.path + "/out"])
    #expect(result.status == 65, "\(result.errors)")
    #expect(result.errors.contains("input.dat, \(place)"), "\(result.errors)")
    #expect(result.errors.contains("expected"))
    #expect(!RepositoryRoot.files(below: folder.path).contains { $0.hasSuffix(".h5") })
  }
}
