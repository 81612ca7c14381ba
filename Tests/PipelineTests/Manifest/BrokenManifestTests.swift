import Foundation
import Pipeline
import TestSupport
import Testing

/// A manifest with one mistake, and what must be said of it.
struct BrokenManifest: Sendable, CustomTestStringConvertible {
  let title: String
  let text: String
  let line: Int
  let column: Int
  /// Words that the message must hold.
  let words: [String]
  let suggestion: String?

  var testDescription: String { title }

  init(
    _ title: String, line: Int, column: Int, words: [String], suggestion: String? = nil,
    _ text: String
  ) {
    self.title = title
    self.text = text
    self.line = line
    self.column = column
    self.words = words
    self.suggestion = suggestion
  }

  static let head = "kcpipe: 1\nexperiment: {name: a}\n"

  static let all = [
    BrokenManifest(
      "a step of bench that is not there", line: 4, column: 17,
      words: ["bench: 'q'", "not a step"], suggestion: "p",
      BrokenManifest.head + "stages: {p: {uses: toy_source}}\nbench: {steps: [q, p]}\n"),
    BrokenManifest(
      "a step of bench that is no text", line: 4, column: 17, words: ["bench: '4'", "not a step"],
      suggestion: "p",
      BrokenManifest.head + "stages: {p: {uses: toy_source}}\nbench: {steps: [4]}\n"),
    BrokenManifest(
      "a word of the manifest", line: 3, column: 1, words: ["'stagse'"], suggestion: "stages",
      head + "stagse:\n  p: {uses: toy_source}\nstages:\n  p: {uses: toy_source}\n"),
    BrokenManifest(
      "a stage", line: 4, column: 13, words: ["'toy_sorce'", "not a stage"],
      suggestion: "toy_source", head + "stages:\n  p: {uses: toy_sorce}\n"),
    BrokenManifest(
      "a parameter", line: 4, column: 32, words: ["'cuont'", "parameter of toy_source"],
      suggestion: "count", head + "stages:\n  p: {uses: toy_source, with: {cuont: 3}}\n"),
    BrokenManifest(
      "a type", line: 4, column: 39, words: ["'count'", "whole number", "'many'"],
      head + "stages:\n  p: {uses: toy_source, with: {count: many}}\n"),
    BrokenManifest(
      "a range", line: 4, column: 39, words: ["'count'", "from 0 to 1000000", "-4"],
      head + "stages:\n  p: {uses: toy_source, with: {count: -4}}\n"),
    BrokenManifest(
      "a choice", line: 4, column: 38, words: ["'sqare'", "line, square"], suggestion: "square",
      head + "stages:\n  p: {uses: toy_source, with: {kind: sqare}}\n"),
    BrokenManifest(
      "an input that is missing", line: 4, column: 3, words: ["'source'", "toy_numbers"],
      head + "stages:\n  s: {uses: toy_sum}\n"),
    BrokenManifest(
      "an input of another stage", line: 5, column: 27, words: ["'sorce'", "not an input"],
      suggestion: "source",
      head + "stages:\n  p: {uses: toy_source}\n  s: {uses: toy_sum, in: {sorce: p, source: p}}\n"),
    BrokenManifest(
      "a step", line: 5, column: 37, words: ["'q'", "not a step"], suggestion: "p",
      head + "stages:\n  p: {uses: toy_source}\n  s: {uses: toy_sum, in: {source:   q}}\n"),
    BrokenManifest(
      "an edge that does not fit", line: 6, column: 37, words: ["takes toy_numbers", "toy_total"],
      head + "stages:\n  p: {uses: toy_source}\n  s: {uses: toy_sum, in: {source: p}}\n"
        + "  t: {uses: toy_sum, in: {source:   s}}\n"),
    BrokenManifest(
      "a cycle", line: 4, column: 3, words: ["wait for one another", "u -> v -> u"],
      head + "stages:\n  u: {uses: toy_pass, in: {source: v}}\n"
        + "  v: {uses: toy_pass, in: {source: u}}\n"),
    BrokenManifest(
      "a reference", line: 5, column: 39, words: ["'${numbr}'", "no parameter"],
      suggestion: "number",
      head + "params: {number: 3}\nstages:\n  p: {uses: toy_source, with: {count: \"${numbr}\"}}\n"),
    BrokenManifest(
      "a metric's variable", line: 6, column: 21, words: ["'totl'", "not a scalar"],
      suggestion: "total",
      head + "stages:\n  p: {uses: toy_source}\n  s: {uses: toy_sum, in: {source: p}}\n"
        + "metrics: {m: {path: totl, from: s}}\n"),
    BrokenManifest(
      "a claim", line: 5, column: 10, words: ["'totale'", "not a metric"], suggestion: "total",
      head + "stages: {p: {uses: toy_source}}\nmetrics: {total: {from: p, path: total}}\n"
        + "expect: [totale > 3]\n"),
    BrokenManifest(
      "a claim's grammar", line: 5, column: 10, words: ["character 8", "its end"],
      head + "stages: {p: {uses: toy_source}}\nmetrics: {total: {from: p, path: total}}\n"
        + "expect: [total >]\n"),
    BrokenManifest(
      "a key that stands twice", line: 5, column: 3, words: ["'p'", "second time"],
      head + "stages:\n  p: {uses: toy_source}\n  p: {uses: toy_source}\n"),
    BrokenManifest(
      "a tab", line: 4, column: 1, words: ["tab", "spaces"],
      head + "stages:\n\tp: {uses: toy_source}\n"),
    BrokenManifest(
      "an anchor", line: 4, column: 6, words: ["anchors", "parameter"],
      head + "stages:\n  p: &x {uses: toy_source}\n  q: *x\n"),
    BrokenManifest(
      "a newer format", line: 1, column: 9, words: ["format 1", "7"],
      "kcpipe: 7\nexperiment: {name: a}\nstages: {p: {uses: toy_source}}\n"),
    BrokenManifest(
      "a revision", line: 4, column: 13, words: ["toy_source@1", "@9"],
      head + "stages:\n  p: {uses: toy_source@9}\n"),
    BrokenManifest(
      "a file that is missing", line: 4, column: 38, words: ["'file'", "No such file"],
      head + "stages:\n  p: {uses: toy_source, with: {file: gone.csv}}\n"),
    BrokenManifest(
      "a name with blanks", line: 2, column: 20, words: ["'name'", "letters", "'a b'"],
      "kcpipe: 1\nexperiment: {name: a b}\nstages: {p: {uses: toy_source}}\n"),
    BrokenManifest(
      "a refused combination", line: 4, column: 39, words: ["'count'", "odd"],
      head + "stages:\n  p: {uses: toy_source, with: {count: 13, kind: square}}\n"),
  ]
}

@Suite("Broken manifests")
struct BrokenManifestTests {
  @Test("are refused with place, word and hint", arguments: BrokenManifest.all)
  func refused(broken: BrokenManifest) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(broken.text, to: "a.yaml")
    let decoder = ManifestDecoder(workingFolder: folder.path)
    do throws(ManifestError) {
      _ = try Planner(catalog: ToyCatalog.catalog).plan(decoder, path: path)
      Issue.record("accepted: \(broken.title)")
    } catch {
      let first = try #require(error.diagnostics.first)
      #expect(first.place == .file(path, line: broken.line, column: broken.column), "\(error)")
      for word in broken.words { #expect(first.message.contains(word), "\(error)") }
      #expect(first.suggestion == broken.suggestion, "\(error)")
    }
    #expect(folder.files == ["a.yaml"])
  }

  @Test func `all mistakes of a manifest are told at once, in the order of the document`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      kcpipe: 1
      experiment: {name: a, sede: 3}
      params: {count: 3}
      stages:
        p: {uses: toy_source, with: {cuont: 3, kind: "${knd}"}}
        s: {uses: toy_sum, in: {source: p}, wiht: {}}
      expect: ["total > 1"]
      """, to: "a.yaml")
    let error = #expect(throws: ManifestError.self) {
      try ManifestDecoder().decode(path: path)
    }
    let lines = try #require(error).diagnostics.compactMap { diagnostic -> Int? in
      if case .file(_, let line, _) = diagnostic.place { line } else { nil }
    }
    #expect(lines == [2, 6, 7])
  }

  @Test(
    "of every shape of damage end in an error, never in a crash",
    arguments: [
      "", "[]", "3", "kcpipe: [", "\u{0}", "a: b: c", "- - -", "{", "kcpipe: 1\n---\nkcpipe: 1\n",
      "kcpipe: !!int 1", String(repeating: "[", count: 5000), String(repeating: "- ", count: 5000),
      "x: " + String(repeating: "a", count: 1_000_000), "? [a, b]\n: c\n", "kcpipe: 1e400",
    ])
  func damage(text: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "a.yaml")
    #expect(throws: ManifestError.self) { try ManifestDecoder().decode(path: path) }
  }

  @Test func `bytes that are not UTF-8 are named by line`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(Array("kcpipe: 1\nab".utf8) + [0xFF, 0x0A], to: "a.yaml")
    let error = #expect(throws: ManifestError.self) { try ManifestDecoder().decode(path: path) }
    #expect(try #require(error).diagnostics.first?.place == .file(path, line: 2, column: 3))
  }
}
