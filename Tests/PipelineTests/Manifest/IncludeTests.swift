import Pipeline
import TestSupport
import Testing

@Suite("Included manifests")
struct IncludeTests {
  private func plan(_ files: [(name: String, text: String)]) throws -> Plan {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(text, to: name) }
    let decoder = ManifestDecoder(workingFolder: folder.path)
    return try Planner(catalog: ToyCatalog.catalog).plan(decoder, path: folder.path + "/a.yaml")
  }

  @Test func `are merged word by word, the including file last`() throws {
    let plan = try plan([
      (
        "a.yaml",
        """
        include: [common/base.yaml]
        params: {n: 7}
        stages: {p: {with: {count: "${n}"}}}
        """
      ),
      (
        "common/base.yaml",
        """
        include: more.yaml
        kcpipe: 1
        experiment: {name: a, seed: 5}
        params: {n: 3, m: 1}
        """
      ),
      ("common/more.yaml", "params: {m: 9, k: 2}\nstages: {p: {uses: toy_source}}\n"),
    ])
    let parameters = plan.manifest.parameters().map { "\($0.name)=\($0.value.canonicalJSON)" }
    #expect(parameters.sorted() == ["k=2", "m=1", "n=7"])
    #expect(plan.steps[0].parameters["count"] == .int(7))
    #expect(plan.manifest.experiment.seed == 5)
    #expect(plan.manifest.sources.count == 3)
  }

  @Test func `tell mistakes with their own names and places`() throws {
    do {
      _ = try plan([
        ("a.yaml", "include: base.yaml\nkcpipe: 1\nexperiment: {name: a}\n"),
        ("base.yaml", "stages:\n  p: {uses: toy_source, with: {cuont: 3}}\n"),
      ])
      Issue.record("accepted")
    } catch let error as ManifestError {
      let first = try #require(error.diagnostics.first)
      #expect(first.suggestion == "count")
      #expect(first.rendered.contains("base.yaml:2:32: "), "\(first.rendered)")
    }
  }

  @Test func `look for files beside themselves`() throws {
    let plan = try plan([
      ("a.yaml", "include: sub/base.yaml\nkcpipe: 1\nexperiment: {name: a}\n"),
      ("sub/base.yaml", "stages: {p: {uses: toy_source, with: {file: data.txt}}}\n"),
      ("sub/data.txt", "content"),
    ])
    #expect(plan.steps[0].files.keys.first?.hasSuffix("/sub/data.txt") == true)
  }

  @Test(
    "in a circle, or missing, are refused",
    arguments: [
      ([("a.yaml", "include: b.yaml\n"), ("b.yaml", "include: a.yaml\n")], "one another"),
      ([("a.yaml", "include: a.yaml\n")], "one another"),
      ([("a.yaml", "include: gone.yaml\n")], "does not exist"),
      ([("a.yaml", "include: [[1]]\n")], "expected the path"),
    ])
  func refused(files: [(String, String)], words: String) {
    do {
      _ = try plan(files.map { (name: $0.0, text: $0.1) })
      Issue.record("accepted")
    } catch {
      #expect("\(error)".contains(words), "\(error)")
    }
  }
}
