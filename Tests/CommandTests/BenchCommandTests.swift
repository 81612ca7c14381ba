import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("bench, compare and baseline")
struct BenchCommandTests {
  private static let manifest = """
    kcpipe: 1
    experiment: {name: tiny, seed: 5}
    params: {clients: 50}
    stages:
      population: {uses: population, with: {nodes: 8, clients: "${clients}"}}
      traffic:
        uses: traffic
        in: {population: population, truth: population.truth}
        with: {requests: 200}
    metrics:
      corrupt: {from: population.truth, path: corrupt_count}
      wait_mean: {from: traffic, path: wait_mean, better: lower}
    """

  private func folder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(Self.manifest, to: "tiny.yaml")
    return folder
  }

  private func bench(_ folder: TemporaryFolder, _ options: [String]) throws -> Program.Result {
    try Program.run(
      ["bench", "tiny.yaml", "--precision", "0", "--warmup", "0"] + options, in: folder.path)
  }

  @Test func `every step is measured, and all samples are kept`() throws {
    let folder = try folder()
    let result = try bench(folder, ["--samples", "7", "--out", "tiny.json"])
    #expect(result.status == 0, "\(result.errors)")
    for word in ["population", "traffic", "cpu", "wall", "peak", "corrupt", "wait_mean"] {
      #expect(result.output.contains(word), "\(result.output)")
    }
    let text = try String(contentsOfFile: folder.path + "/tiny.json", encoding: .utf8)
    let line = try #require(text.split(separator: "\n").first { $0.contains("\"wall_s\"") })
    #expect(line.count { $0 == "," } >= 6)
    #expect(folder.files.contains { $0.hasPrefix("outputs/.kcpipe/bench/tiny-") })
    #expect(!folder.files.contains { $0.contains("scratch") })
  }

  @Test func `a quantity that cannot be measured is named and never a zero`() throws {
    let folder = try folder()
    let result = try bench(folder, ["--samples", "1", "--step", "population"])
    #expect(result.output.contains("callgrind: not available"), "\(result.output)")
    let counts = result.output.split(separator: "\n").filter { $0.contains("instructions") }
    #expect(counts.count == 1 && counts.allSatisfy { !$0.contains("  0  ") })
  }

  @Test func `the program is compared with itself in turn, and does the same work`() throws {
    let folder = try folder()
    let result = try bench(
      folder,
      [
        "--samples", "6", "--step", "traffic", "--against", Program.executable, "--out", "new.json",
        "--fail-on", "never",
      ])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("traffic") && result.output.contains("within tolerance"))
    let comparison = try Program.run(
      ["compare", "new.base.json", "new.json", "--format", "json", "--fail-on", "never"],
      in: folder.path)
    #expect(comparison.status == 0)
    #expect(!comparison.output.contains("one after the other"))
  }

  @Test func `measuring ends when its time is up`() throws {
    let folder = try folder()
    let result = try bench(
      folder, ["--samples", "100000", "--max-time", "1s", "--step", "population"])
    #expect(result.status == 0, "\(result.errors)")
  }

  @Test func `other parameters are not the same work`() throws {
    let folder = try folder()
    for (file, clients) in [("a.json", "50"), ("b.json", "60")] {
      let result = try bench(
        folder,
        ["--samples", "6", "--step", "population", "--out", file, "--param", "clients=\(clients)"])
      #expect(result.status == 0, "\(result.errors)")
    }
    let result = try Program.run(["compare", "a.json", "b.json"], in: folder.path)
    #expect(result.status == 3)
    #expect(result.output.contains("not comparable: population: other parameters"))
  }

  @Test func `a baseline is saved, shown, compared with, and removed`() throws {
    let folder = try folder()
    _ = try bench(folder, ["--samples", "6", "--step", "population", "--out", "a.json"])
    func run(_ arguments: String...) throws -> Program.Result {
      try Program.run(arguments, in: folder.path)
    }
    #expect(try run("baseline", "save", "main", "a.json").status == 0)
    #expect(try run("baseline", "list").output.contains("main"))
    #expect(try run("baseline", "show", "main").output.contains("population"))
    let json = try run("baseline", "show", "main", "--format", "gbench").output
    #expect(json.contains("\"repetition_index\": 5"))
    let equal = try run("compare", "main", "a.json", "--fail-on", "change")
    #expect(equal.status == 0, "\(equal.output)\(equal.errors)")
    #expect(try run("baseline", "rm", "main").status == 0)
    #expect(try run("compare", "main", "a.json").status == 6)
    #expect(try run("baseline", "rm", "main").status == 6)
  }

  @Test(arguments: [
    ("{", "no readable JSON"), ("{\"format\": 1}", "another kind of file"),
    ("{\"kind\": \"kcpipe benchmark\", \"format\": 99}", "newer kcpipe"),
  ])
  func `a damaged, foreign or newer baseline ends with 65`(text: String, hint: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "baselines/main.json")
    let result = try Program.run(["compare", "main", "main"], in: folder.path)
    #expect(result.status == 65)
    #expect(result.errors.contains("main.json") && result.errors.contains(hint), "\(result.errors)")
  }

  @Test(arguments: [
    (["bench", "tiny.yaml", "--step", "trafic"], "'traffic'"),
    (["bench", "tiny.yaml", "--samples", "0"], "--samples"),
    (["bench", "tiny.yaml", "--against", "no-such-thing"], "no-such-thing"),
    (["compare", "a", "b", "--threshold", "5"], "--threshold"),
    (["baseline", "save", "../x", "a.json"], "'../x'"),
  ])
  func `a wrong word ends with 64 and is named`(arguments: [String], hint: String) throws {
    let result = try Program.run(arguments, in: folder().path)
    #expect(result.status == 64, "\(result.errors)")
    #expect(result.errors.contains(hint), "\(result.errors)")
  }

  @Test func `a history is drawn of what was measured`() throws {
    let folder = try folder()
    #expect(try Program.run(["bench", "history", "cpu"], in: folder.path).status == 6)
    _ = try bench(folder, ["--samples", "2", "--step", "population"])
    let result = try Program.run(["bench", "history", "cpu"], in: folder.path)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.output.contains("tiny: population: 1 measurement"))
  }

  /// The statistics of impatience are means of nothing here, and JSON knows no such number.
  @Test func `measures a step some of whose scalars are no numbers`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: line, title: "A line"}
      stages:
        queue: {uses: queueing, with: {customers: 200, records: true}}
      """, to: "line.yaml")
    let run = try Program.run(
      ["bench", "line.yaml", "--samples", "2", "--warmup", "0"], in: folder.path)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("queue"))
  }

  /// A `bench` of an older version asks for nothing and counts on digests.
  @Test(arguments: [("", true), (#","isExamined":true"#, true), (#","isExamined":false"#, false)])
  func `a sample is read back unless it is told not to`(word: String, isRead: Bool) async throws {
    let folder = try TemporaryFolder()
    let job =
      #"{"stage":"relay","parameters":{"rows":10,"shift":0},"seed":"1","inputs":{},"threads":1,"#
      + #""folder":"\#(folder.path)"\#(word)}"#
    let file = try folder.write(job + "\n", to: "job.json")
    let process = try #require(
      await FreshProcess.run(Program.executable, ["sample"], input: file))
    #expect(process.output.contains(#""checksums":{"main":"#), "\(process.output)")
    #expect(process.output.contains(#""results":{"main":"#) == isRead, "\(process.output)")
  }
}
