import Foundation
import Pipeline
import TestSupport
import Testing

@Suite struct ManifestTests {
  private func plan(
    _ text: String, overrides: [(name: String, text: String)] = [], seed: UInt64? = nil
  ) throws -> Plan {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "a.yaml")
    let decoder = ManifestDecoder(overrides: overrides, seed: seed, workingFolder: folder.path)
    return try Planner(catalog: ToyCatalog.catalog).plan(decoder.decode(path: path))
  }

  @Test func `steps follow their inputs, else the manifest's order`() throws {
    let plan = try plan(
      """
      kcpipe: 1
      experiment: {name: a}
      stages:
        last: {uses: toy_sum, in: {source: b}}
        b: {uses: toy_source}
        a: {uses: toy_source, with: {count: 4}}
      """)
    #expect(plan.steps.map(\.name) == ["b", "last", "a"])
  }

  @Test func `defaults are made explicit and references keep their type`() throws {
    let plan = try plan(
      """
      kcpipe: 1
      experiment: {name: a, seed: 5}
      params: {n: 12, k: square}
      stages: {p: {uses: toy_source, with: {count: "${n}", kind: "${k}"}}}
      """)
    let expected: Value = ["count": 12, "kind": "square", "file": ""]
    #expect(plan.steps[0].parameters == expected)
  }

  @Test func `a parameter given on the command line wins, a misspelt one is refused`() throws {
    let text = """
      kcpipe: 1
      experiment: {name: a}
      params: {n: 12}
      stages: {p: {uses: toy_source, with: {count: "${n}"}}}
      """
    #expect(try plan(text, overrides: [("n", "8")]).steps[0].parameters["count"] == 8)
    let error = #expect(throws: ManifestError.self) { try plan(text, overrides: [("m", "8")]) }
    #expect(try #require(error).diagnostics.first?.suggestion == "n")
  }

  @Test func `absent and explicit defaults, names and comments give one key`() throws {
    func key(_ stage: String) throws -> Digest {
      let plan = try plan("kcpipe: 1\nexperiment: {name: a}\nstages: {\(stage)}\n")
      return StepKey(plan.steps[0], libraries: [:], inputs: [:]).digest
    }
    let plain = try key("p: {uses: toy_source}")
    #expect(try key("p: {uses: toy_source, with: {count: 10}}") == plain)
    #expect(try key("other_name: {uses: toy_source@1}  # with a comment\n") == plain)
    #expect(try key("p: {uses: toy_source, with: {count: 11}}") != plain)
  }

  @Test func `two steps of one stage have seeds of their own, a new step moves no other`() throws {
    let one = try plan("kcpipe: 1\nexperiment: {name: a}\nstages: {p: {uses: toy_source}}")
    let two = try plan(
      "kcpipe: 1\nexperiment: {name: a}\nstages: {p: {uses: toy_source}, q: {uses: toy_source}}")
    #expect(one.steps[0].seed == two.steps[0].seed)
    #expect(two.steps[0].seed != two.steps[1].seed)
  }

  @Test(
    "YAML 1.2 decides what a plain word is",
    arguments: [
      ("no", Value.string("no")), ("1:30", .string("1:30")), ("0o17", .int(15)), ("017", .int(17)),
      ("0x1F", .int(31)), ("1e3", .real(1000)), ("1.", .real(1)), (".5", .real(0.5)),
      ("true", .bool(true)), ("~", .null), ("-.inf", .real(-.infinity)),
      ("2026-11-24", .string("2026-11-24")),
      ("1_000", .string("1_000")), ("'12'", .string("12")), ("+12", .int(12)),
      ("e3", .string("e3")),
    ])
  func plainWords(text: String, value: Value) throws {
    let plan = try plan(
      """
      kcpipe: 1
      experiment: {name: a}
      params: {x: \(text)}
      stages: {p: {uses: toy_source}}
      """)
    #expect(plan.manifest.parameters()[0].value == value)
  }

  @Test func `JSON is a manifest too`() throws {
    let plan = try plan(
      #"{"kcpipe": 1, "experiment": {"name": "a"}, "stages": {"p": {"uses": "toy_source"}}}"#)
    #expect(plan.steps.count == 1)
  }

  @Test func `a file counts by its content, not by its name`() throws {
    let folder = try TemporaryFolder()
    for name in ["one.csv", "two.csv"] { try folder.write("same", to: name) }
    func key(_ file: String) throws -> Digest {
      let path = try folder.write(
        """
        kcpipe: 1
        experiment: {name: a}
        stages: {p: {uses: toy_source, with: {file: \(file)}}}
        """, to: "a.yaml")
      let manifest = try ManifestDecoder(workingFolder: "/").decode(path: path)
      let plan = try Planner(catalog: ToyCatalog.catalog).plan(manifest)
      return StepKey(plan.steps[0], libraries: [:], inputs: [:]).digest
    }
    let first = try key("one.csv")
    #expect(try key("two.csv") == first)
    try folder.write("other", to: "two.csv")
    #expect(try key("two.csv") != first)
  }
}
