import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test(
    "suggests what was meant, and ends with 64",
    arguments: [
      (["rnu"], "'run'"), (["lsit", "stages"], "'list'"), (["show", "trafic"], "'traffic'"),
      (["run", "x.yaml", "--dry-rum"], "--dry-run"), (["frobnicate"], "Commands:"),
    ])
  func suggestion(arguments: [String], hint: String) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test func `a broken manifest ends with 64, tells all mistakes and leaves no file behind`() throws
  {
    let folder = try TemporaryFolder()
    let manifest = try folder.write(
      """
      kcpipe: 1
      experiment: {name: broken}
      stages:
        population: {uses: populaton}
        traffic: {uses: traffic, with: {requsets: 5, servers: 0}}
      """, to: "broken.yaml")
    let result = try Program.run(["run", manifest], in: folder.path)
    #expect(result.status == 64)
    for line in ["broken.yaml:4:22: 'populaton'", "'requests'?", "'servers' of stage traffic"] {
      #expect(result.errors.contains(line), "\(result.errors)")
    }
    #expect(folder.files == ["broken.yaml"])
  }

  @Test func `a manifest that is not there is named`() throws {
    let result = try Program.run(["run", "gone.yaml"])
    #expect(result.status == 64)
    #expect(result.errors.contains("gone.yaml:1:1: there is no such file"))
  }

  @Test func `init writes a manifest that runs, and never overwrites one`() throws {
    let folder = try TemporaryFolder()
    #expect(try Program.run(["init", "mine.yaml"], in: folder.path).status == 0)
    #expect(try Program.run(["init", "mine.yaml"], in: folder.path).status == 64)
    let result = try Program.run(["run", "mine.yaml"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(folder.files.contains("outputs/mine/report.md"))
  }

  @Test func `a dry run and a plan do nothing and say what would be done`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run(["init", "mine.yaml"], in: folder.path)
    for arguments in [["plan", "mine.yaml"], ["run", "mine.yaml", "--dry-run"]] {
      let result = try Program.run(arguments, in: folder.path)
      #expect(result.status == 0)
      #expect(result.output.contains("population") && result.output.contains("run"))
      #expect(folder.files == ["mine.yaml"])
    }
  }

  @Test func `list, show, schema, doctor and version answer`() throws {
    #expect(try Program.run(["list", "stages"]).output.contains("traffic@1"))
    #expect(try Program.run(["show", "traffic"]).output.contains("cpu_pool_share"))
    let schema = try Program.run(["schema"])
    #expect(try JSONSerialization.jsonObject(with: Data(schema.output.utf8)) is [String: Any])
    let folder = try TemporaryFolder()
    let doctor = try Program.run(["doctor"], in: folder.path)
    #expect(doctor.status == 0, "\(doctor.output)")
    #expect(doctor.output.contains("HDF5"))
    #expect(try Program.run(["--version"]).output.hasPrefix("kcpipe "))
    let experiments = try Program.run(["list", "experiments"], in: RepositoryRoot.path)
    #expect(experiments.output.contains("quickstart.yaml"))
  }

  @Test func `runs are listed, and the index is rebuilt from the folders`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run(["init", "mine.yaml"], in: folder.path)
    _ = try Program.run(["run", "mine.yaml", "--quiet"], in: folder.path)
    #expect(try Program.run(["list", "runs"], in: folder.path).output.contains("mine-"))
    try FileManager.default.removeItem(atPath: folder.path + "/outputs/.kcpipe/runs.sqlite")
    #expect(try Program.run(["list", "runs"], in: folder.path).output.contains("mine-"))
  }

  @Test func `the record is printed as JSON for programs`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run(["init", "mine.yaml"], in: folder.path)
    let result = try Program.run(["run", "mine.yaml", "--json"], in: folder.path)
    let record = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any]
    let step = (record?["steps"] as? [[String: Any]])?.first
    #expect(step?["status"] as? String == "executed")
    #expect((step?["wall_s"] as? Double ?? -1) >= 0)
    #expect((step?["peak_bytes"] as? Int ?? 0) > 0)
  }

  @Test func `the report is made again on demand`() throws {
    let folder = try TemporaryFolder()
    _ = try Program.run(["init", "mine.yaml"], in: folder.path)
    #expect(try Program.run(["report", "mine.yaml"], in: folder.path).status == 65)
    _ = try Program.run(["run", "mine.yaml"], in: folder.path)
    let path = folder.path + "/outputs/mine/report.md"
    let report = try String(contentsOfFile: path, encoding: .utf8)
    try Data("edited".utf8).write(to: URL(fileURLWithPath: path))
    #expect(try Program.run(["report", "mine.yaml"], in: folder.path).status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == report)
  }
}
