import TestSupport
import Testing

@testable import Pipeline

@Suite("Sweeps")
struct SweepTests {
  /// Two steps: `p` refers to `n`, `s` reads `p` and refers to nothing.
  private func plan(_ sweep: String, stages: String = "") throws -> Plan {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      kcpipe: 1
      experiment: {name: a}
      params: {n: 3, m: 1, kind: line, other: 2}
      sweep: \(sweep)
      stages:
        p: {uses: toy_source, with: {count: "${n}", kind: "${kind}"}}
        q: {uses: toy_source, with: {count: "${m}"}}
        s: {uses: toy_sum, in: {source: p}}
      \(stages)
      """, to: "a.yaml")
    let decoder = ManifestDecoder(workingFolder: folder.path)
    return try Planner(catalog: ToyCatalog.catalog).plan(decoder, path: path)
  }

  @Test(
    "have every combination, in order, with what is left out and added",
    arguments: [
      ("{grid: {n: [1, 2], m: [5, 6, 7]}}", 6, "n=1,m=5"),
      ("{grid: {n: {from: 1, to: 10, step: 3}}}", 4, "n=1"),
      ("{zip: {n: [1, 2], m: [3, 4]}}", 2, "n=1,m=3"),
      ("{grid: {kind: [line, square]}, zip: {n: [2, 4], m: [3, 4]}}", 4, "kind=line,n=2,m=3"),
      ("{grid: {n: [1, 2], m: [1, 2]}, exclude: [{n: 2, m: 1}]}", 3, "n=1,m=1"),
      ("{grid: {n: [1, 2]}, include: [{n: 9}, {n: 2}]}", 3, "n=1"),
      ("{grid: {n: [1, 2]}, include: [{n: 9, other: 7}]}", 3, "n=1,other=2"),
      ("{include: [{n: 4}, {m: 4}]}", 2, "n=4,m=1"),
      ("{grid: {n: [1, 2]}, replicates: 3}", 6, "n=1,replicate=1"),
      ("{replicates: 4}", 4, "replicate=1"),
    ])
  func cases(sweep: String, count: Int, first: String) throws {
    let plan = try plan(sweep)
    #expect(plan.cases.count == count)
    #expect(plan.cases.first?.name == first)
    #expect(Set(plan.cases.map(\.name)).count == count)
  }

  @Test(
    "with a mistake are refused where it is",
    arguments: [
      ("{grid: {nn: [1]}}", 16, "'nn' is not a parameter"),
      ("{grid: {n: []}}", 19, "expected"),
      ("{grid: {n: [1, 1.0]}}", 19, "has 1 twice"),
      ("{zip: {n: [1], m: [2, 3]}}", 23, "walked together"),
      ("{grid: {n: [1]}, exclude: [{n: 7}]}", 39, "has no value 7"),
      ("{grid: {n: [1]}, exclude: [{m: 7}]}", 36, "'m' is not an axis"),
      ("{grid: {n: {from: 3, to: 1}}}", 19, "a range needs"),
      ("{grid: {n: {from: 0, to: 1, step: 1e-9}}}", 19, "more than"),
      ("{}", 8, "nothing to vary"),
      ("{grid: {n: [1, x]}}", 0, "expected a whole number"),
      ("{grid: {n: [1, 2], m: [1, 2]}, exclude: [{n: 1}, {n: 1, m: 2}]}", 57, "matches no case"),
    ])
  func mistakes(sweep: String, column: Int, words: String) throws {
    do {
      _ = try plan(sweep)
      Issue.record("accepted \(sweep)")
    } catch let error as ManifestError {
      let first = try #require(error.diagnostics.first { $0.message.contains(words) }, "\(error)")
      if case .file(_, let line, let found) = first.place, column > 0 {
        #expect(line == 4 && found == column, "\(error)")
      }
    }
  }

  @Test func `a step runs once for each combination that it depends on`() throws {
    let plan = try plan("{grid: {n: [1, 2, 3], m: [4, 5]}}")
    let counts = Dictionary(grouping: plan.steps, by: \.name).mapValues(\.count)
    #expect(counts == ["p": 3, "q": 2, "s": 3])
    #expect(plan.steps.first { $0.name == "s" }?.cases.count == 2)
    #expect(Set(plan.steps.map(\.label)).count == plan.steps.count)
  }

  @Test func `replicates have seeds of their own, and the first is the run without replicates`()
    throws
  {
    let once = try plan("{grid: {n: [1, 2]}}")
    let often = try plan("{grid: {n: [1, 2]}, replicates: 3}")
    #expect(Set(often.steps.filter { $0.name == "p" }.map(\.seed)).count == 6)
    let seeds = often.cases.filter { $0.replicate == 1 }.map { often.steps[$0.steps[0]].seed }
    #expect(seeds == once.cases.map { once.steps[$0.steps[0]].seed })
  }

  @Test func `a new case, axis order or value moves no seed of another case`() throws {
    func seeds(_ sweep: String) throws -> [String: UInt64] {
      let plan = try plan(sweep)
      let pairs = plan.cases.map { one in
        (
          one.coordinates.sorted { $0.name < $1.name }.map { "\($0.name)=\($0.value)" }.joined(),
          plan.steps[one.steps[0]].seed
        )
      }
      return Dictionary(uniqueKeysWithValues: pairs)
    }
    let before = try seeds("{grid: {n: [1, 2], kind: [line, square]}}")
    let after = try seeds("{grid: {kind: [square, line], n: [7, 2, 1]}}")
    for (name, seed) in before { #expect(after[name] == seed, "\(name)") }
  }

  @Test func `what is run once for the sweep may not depend on an axis`() throws {
    let once = try plan("{grid: {n: [1, 2]}}", stages: "  t: {uses: toy_source, scope: sweep}")
    #expect(once.steps.count { $0.name == "t" } == 1)
    for stage in [
      "  t: {uses: toy_source, scope: sweep, with: {count: \"${n}\"}}",
      "  t: {uses: toy_sum, scope: sweep, in: {source: p}}",
    ] {
      #expect(throws: ManifestError.self) { try plan("{grid: {n: [1, 2]}}", stages: stage) }
    }
  }

  @Test func `cases are chosen by their values`() throws {
    let plan = try plan("{grid: {n: [1, 2, 3], m: [4, 5]}, replicates: 2}")
    #expect(try plan.selecting(["n=2"]).cases.count == 4)
    #expect(try plan.selecting(["n=2.0,m=5,replicate=2", "n=1,m=4"]).cases.count == 3)
    let one = try plan.selecting(["n=3,m=4,replicate=1"])
    #expect(one.steps.map(\.name).sorted() == ["p", "q", "s"])
    let producer = try #require(one.steps.last?.inputs.first?.producer)
    #expect(one.steps[producer].name == "p")
    for text in ["n=9", "k=1", "n", "n=1;m=4"] {
      #expect(throws: CaseSelectionError.self) { try plan.selecting([text]) }
    }
  }

  @Test func `values that no folder may be called are kept apart`() {
    let words = ["a/b", "a_b", "a b", "", "..", "é"].map { Sweep.word(.string($0)) }
    #expect(Set(words).count == words.count)
    #expect(words.allSatisfy { !$0.contains("/") && !$0.isEmpty })
  }
}
