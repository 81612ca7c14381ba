import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Sweeps on the command line")
struct SweepCommandTests {
  private func folder(_ sweep: String, expect: String = "[]") throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: small, title: "A small sweep", seed: 3}
      params: {share: 0.1, panel: 3, nodes: 12}
      sweep: \(sweep)
      stages:
        population: {uses: population, with: {nodes: "${nodes}", clients: 40, corrupt_share: "${share}"}}
        relay: {uses: relay, with: {rows: 3, shift: "${panel}"}}
      metrics:
        corrupt: {from: population.truth, path: corrupt_count}
        total: {from: relay, path: total}
      expect: \(expect)
      """, to: "small.yaml")
    return folder
  }

  private func statuses(_ result: Program.Result) throws -> [String: Int] {
    let record = try RunRecord(json: Data(result.output.utf8))
    return Dictionary(grouping: record.steps, by: \.status.rawValue).mapValues(\.count)
  }

  @Test func `share what is equal, and run only the cases that are new`() throws {
    let folder = try folder("{grid: {share: [0, 0.5], panel: [1, 2]}}")
    let first = try Program.run(["run", "small.yaml", "--json"], in: folder.path)
    #expect(try statuses(first) == ["executed": 4])
    let again = try Program.run(["run", "small.yaml", "--json"], in: folder.path)
    #expect(try statuses(again) == ["cached": 4])
    let text = try String(contentsOfFile: folder.path + "/small.yaml", encoding: .utf8)
    try folder.write(text.replacing("[0, 0.5]", with: "[0, 0.25, 0.5]"), to: "small.yaml")
    let more = try Program.run(["run", "small.yaml", "--json"], in: folder.path)
    #expect(try statuses(more)["executed"] == 1)
    let results = folder.path + "/outputs/small"
    #expect(folder.files.contains("outputs/small/cases/share=0.25,panel=2/population.h5"))
    #expect(try String(contentsOfFile: results + "/report.md", encoding: .utf8).contains("0.25"))
  }

  @Test func `leave their summary over the axes, with spread over replicates`() throws {
    let folder = try folder("{grid: {share: [0, 0.5], panel: [1, 2, 4]}, replicates: 3}")
    #expect(try Program.run(["run", "small.yaml", "-q"], in: folder.path).status == 0)
    let summary = try ArtifactReader(opening: folder.path + "/outputs/small/summary.h5")
    #expect(try summary.shape(of: "corrupt") == [2, 3, 3])
    #expect(try summary.shape(of: "total_mean") == [2, 3])
    #expect(try summary.read("share", as: Double.self) == [0, 0.5])
    #expect(try summary.read("total_mean", as: Double.self) == [6, 9, 15, 6, 9, 15])
    #expect(try summary.read("total_half_width", as: Double.self).allSatisfy { $0 == 0 })
    let corrupt = try summary.read("corrupt", as: Double.self)
    #expect(corrupt.prefix(9).allSatisfy { $0 == 0 } && corrupt.suffix(9).contains { $0 > 0 })
  }

  @Test func `one failed case does not stop the others, unless told so`() throws {
    let folder = try folder("{grid: {nodes: [5, 6, 7]}}")
    let text = try String(contentsOfFile: folder.path + "/small.yaml", encoding: .utf8)
    try folder.write(
      """
      test "$1" != 6 || exit 3
      cp "$(sed -n 's/.*"p": "\\(.*\\)".*/\\1/p' "$2")" "$(sed -n 's/.*"output": "\\(.*\\)".*/\\1/p' "$2")"

      """, to: "copy.sh")
    let step = """
        own:
          uses: process
          in: {p: population}
          with: {command: [sh, copy.sh, "${nodes}"], files: [copy.sh]}
      metrics:
      """
    try folder.write(text.replacing("metrics:", with: step), to: "small.yaml")
    let all = try Program.run(["run", "small.yaml", "--json", "--jobs", "1"], in: folder.path)
    #expect(all.status == 70)
    #expect(try statuses(all)["failed"] == 1)
    #expect(try statuses(all)["executed"] == 6, "\(all.errors)")
    let other = folder.path + "/other"
    let fast = try Program.run(
      ["run", "small.yaml", "--json", "--jobs", "1", "--fail-fast", "--out", other], in: folder.path
    )
    #expect(try statuses(fast)["skipped"] ?? 0 > 0)
  }

  @Test func `a single case is run and reported by its values`() throws {
    let folder = try folder("{grid: {share: [0, 0.5], panel: [1, 2]}}")
    let one = try Program.run(
      ["run", "small.yaml", "--case", "share=0.5,panel=1"], in: folder.path)
    #expect(one.status == 0, "\(one.errors)")
    #expect(one.output.contains("report: outputs/small/cases/share=0.5,panel=1/report.md"))
    #expect(!folder.files.contains("outputs/small/summary.h5"))
    #expect(
      try Program.run(["run", "small.yaml", "--case", "share=0.4"], in: folder.path).status == 64)
    let missing = try Program.run(["report", "small.yaml", "--case", "panel=2"], in: folder.path)
    #expect(missing.status == 65)
    #expect(try Program.run(["run", "small.yaml", "-q"], in: folder.path).status == 0)
    let report = try Program.run(
      ["report", "small.yaml", "--case", "share=0,panel=2"], in: folder.path)
    #expect(report.status == 0, "\(report.errors)")
    #expect(folder.files.contains("outputs/small/cases/share=0,panel=2/report.md"))
  }

  @Test func `a case's report is not made again when nothing changed`() throws {
    let folder = try folder("{grid: {share: [0, 0.5], panel: [1, 2]}}")
    #expect(try Program.run(["run", "small.yaml", "-q"], in: folder.path).status == 0)
    let path = folder.path + "/outputs/small/cases/share=0,panel=2/report.md"
    func report(_ chosen: String) throws -> UInt64? {
      #expect(
        try Program.run(["report", "small.yaml", "--case", chosen], in: folder.path).status == 0)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      return (attributes[.systemFileNumber] as? NSNumber)?.uint64Value
    }
    let made = try report("share=0,panel=2")
    #expect(try report("share=0,panel=2") == made)
    #expect(try report("share=0.5,panel=2") == made)
    #expect(try report("share=0,panel=2") == made)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try Data("edited".utf8).write(to: URL(fileURLWithPath: path))
    _ = try report("share=0,panel=2")
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test func `claims are judged in every case, or over all of them`() throws {
    let folder = try folder(
      "{grid: {share: [0, 0.5], panel: [1, 2]}}",
      expect: "[corrupt <= 12 * share, mean(total) == 7.5, sum(total where share == 0.5) == 15]")
    let good = try Program.run(["run", "small.yaml"], in: folder.path)
    #expect(good.status == 0 || good.output.contains("fails corrupt"), "\(good.output)")
    #expect(good.output.contains("holds mean(total) == 7.5"), "\(good.output)")
    let broken = try self.folder("{grid: {panel: [1, 2]}}", expect: #"["total < ${panel} + 5"]"#)
    let result = try Program.run(["run", "small.yaml"], in: broken.path)
    #expect(result.status == 4)
    #expect(
      result.output.contains("fails total < panel + 5 in panel=2  (9 against 7)"),
      "\(result.output)")
  }

  @Test func `plan, why, verify, rerun and diff know cases`() throws {
    let folder = try folder("{grid: {panel: [1, 2]}}")
    #expect(try Program.run(["run", "small.yaml", "-q"], in: folder.path).status == 0)
    let plan = try Program.run(["plan", "small.yaml"], in: folder.path)
    #expect(plan.output.contains("relay[panel=2]"), "\(plan.output)")
    #expect(try Program.run(["verify"], in: folder.path).status == 0)
    let repeated = try Program.run(
      ["verify", "small.yaml", "--repeat", "2", "--jobs", "1,2"], in: folder.path)
    #expect(repeated.status == 0, "\(repeated.output)\(repeated.errors)")
    let rerun = try Program.run(["rerun", "small"], in: folder.path)
    #expect(rerun.status == 0, "\(rerun.output)\(rerun.errors)")
    let copy = folder.path + "/copy"
    try FileManager.default.copyItem(atPath: folder.path + "/outputs/small", toPath: copy)
    _ = try Program.run(["run", "small.yaml", "-q", "--param", "share=0.3"], in: folder.path)
    let diff = try Program.run(["diff", copy, "outputs/small"], in: folder.path)
    #expect(diff.status == 4)
    #expect(diff.output.contains("parameter share: 0.1 -> 0.3"), "\(diff.output)")
    #expect(diff.output.contains("cases/panel=1/population.truth.h5"), "\(diff.output)")
    let why = try Program.run(
      ["why", "relay", "small.yaml", "--param", "share=0.3"], in: folder.path)
    #expect(why.output.contains("relay[panel=1]: cached"), "\(why.output)")
  }

  @Test func `an input that is rebuilt to the same bytes reruns nothing after it`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      kcpipe: 1
      experiment: {name: chain}
      params: {a: 1, b: 1}
      stages:
        first: {uses: relay, with: {rows: 4, shift: "${a}"}}
        second: {uses: relay, in: {upstream: first}, with: {shift: "${b}"}}
        third: {uses: relay, in: {upstream: second}, with: {shift: 5}}
      """, to: "chain.yaml")
    _ = try Program.run(["run", "chain.yaml", "-q"], in: folder.path)
    let result = try Program.run(
      ["run", "chain.yaml", "--param", "a=2", "--param", "b=0", "--json"], in: folder.path)
    let record = try RunRecord(json: Data(result.output.utf8))
    #expect(record.steps.map(\.status.rawValue) == ["executed", "executed", "cached"])
  }
}
