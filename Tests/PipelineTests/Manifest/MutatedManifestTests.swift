import Foundation
import Pipeline
import TestSupport
import Testing

@Suite("Mutated manifests")
struct MutatedManifestTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(ManifestMutant.base, to: "base.yaml")
  }

  /// What is wrong with a manifest; nil if a plan can be made of it.
  private func mistakes(in bytes: [UInt8]) throws -> [Diagnostic]? {
    let path = try folder.write(bytes, to: "a.yaml")
    let decoder = ManifestDecoder(workingFolder: folder.path)
    do throws(ManifestError) {
      _ = try Planner(catalog: ToyCatalog.catalog).plan(decoder, path: path)
      return nil
    } catch {
      return error.diagnostics
    }
  }

  private func mistakes(in text: String) throws -> [Diagnostic]? {
    try mistakes(in: Array(text.utf8))
  }

  private func position(_ diagnostic: Diagnostic) -> [Int] {
    if case .file(_, let line, let column) = diagnostic.place { [line, column] } else { [] }
  }

  @Test
  func `come from one that is sound, as YAML, with other line ends and with a byte order mark`()
    throws
  {
    let text = ManifestMutant.valid
    for variant in [
      text, text.replacing("\n", with: "\r\n"), "\u{FEFF}" + text, text + "# the end",
      "---\n" + text + "...\n",
    ] {
      let found = try mistakes(in: variant)
      #expect(found == nil, "\(variant.prefix(20))")
    }
  }

  @Test(
    "are refused with place, word and hint, and nothing else is said", arguments: ManifestMutant.all
  )
  func refused(mutant: ManifestMutant) throws {
    #expect(ManifestMutant.valid.ranges(of: mutant.old).count == 1)
    let found = try #require(try mistakes(in: mutant.text), "accepted: \(mutant.title)")
    expect(mutant, among: found)
    if let others = mutant.others { #expect(found.count == 1 + others, "\(found.map(\.rendered))") }
  }

  private func expect(_ mutant: ManifestMutant, among found: [Diagnostic]) {
    let fitting = found.filter { diagnostic in
      position(diagnostic) == [mutant.line, mutant.column]
        && mutant.words.allSatisfy(diagnostic.message.contains)
        && diagnostic.suggestion == mutant.suggestion
    }
    #expect(!fitting.isEmpty, "\(mutant.title): \(found.map(\.rendered))")
  }

  @Test(
    "with other line ends have the same mistakes in the same places", arguments: ManifestMutant.all)
  func otherLineEnds(mutant: ManifestMutant) throws {
    let plain = try #require(try mistakes(in: mutant.text))
    let windows = try #require(try mistakes(in: mutant.text.replacing("\n", with: "\r\n")))
    #expect(windows.map(position) == plain.map(position))
    #expect(windows.map(\.suggestion) == plain.map(\.suggestion))
  }

  @Test(
    "of several changes at once are all told in one pass, in the document's order",
    arguments: 0..<60)
  func several(seed: Int) throws {
    let chosen = Self.mixture(seed: seed)
    let text = chosen.reduce(ManifestMutant.valid) { $0.replacing($1.old, with: $1.new) }
    let found = try #require(try mistakes(in: text))
    for mutant in chosen { expect(mutant, among: found) }
    #expect(found.count == chosen.count, "seed \(seed): \(found.map(\.rendered))")
    let places = found.map(position)
    #expect(places == places.sorted { $0.lexicographicallyPrecedes($1) }, "seed \(seed)")
  }

  /// One change of each part of the manifest that does not reach into another.
  private static func mixture(seed: Int) -> [ManifestMutant] {
    let parts = [
      1...1, 4...4, 5...5, 6...6, 7...7, 8...8, 9...9, 11...16, 17...21, 22...22, 23...23,
    ]
    let rest = [24...24, 28...28, 30...30, 31...31, 33...33, 34...34, 36...36]
    return (parts + rest).enumerated().compactMap { i, lines in
      let candidates = ManifestMutant.all.filter {
        lines.contains($0.line) && $0.others == 0 && !$0.isAlone
      }
      return candidates.isEmpty ? nil : candidates[(seed * 7 + i * 13) % candidates.count]
    }
  }

  @Test(
    "that are no text at all are refused where they cease to be one",
    arguments: [
      ([], 1, 1, "needs 'kcpipe'"), (Array("# nothing\n# at all\n".utf8), 1, 1, "needs 'kcpipe'"),
      (Array("- kcpipe: 1\n".utf8), 1, 1, "a list of 1"), (Array("kcpipe".utf8), 1, 1, "a mapping"),
      (Array("kcpipe: 1\né\u{0}: 2".utf8), 2, 2, "control characters"),
      (Array("kcpipe: 1\né".utf8) + [0xFF], 2, 2, "not UTF-8"),
      ([0xFF, 0xFE, 0x6B, 0], 1, 1, "UTF-8"),
      (Array("kcpipe: 1\n".utf8) + [0xC3, 0x28], 2, 1, "not UTF-8"),
      (Array("kcpipe: 1\nname: ".utf8) + [0xE2, 0x82], 2, 7, "not UTF-8"), ([0], 1, 1, "control"),
    ] as [([UInt8], Int, Int, String)])
  func noText(bytes: [UInt8], line: Int, column: Int, words: String) throws {
    let first = try #require(try mistakes(in: bytes)?.first)
    #expect(position(first) == [line, column], "\(first.rendered)")
    #expect(first.message.contains(words), "\(first.rendered)")
  }

  @Test(
    "of great size are refused in a short message", .timeLimit(.minutes(1)),
    arguments: [
      ("seed: 7", "seed: " + String(repeating: "7", count: 1_000_000), "whole number"),
      ("title: Mutants", String(repeating: "t", count: 1_000_000) + ": x", "not YAML"),
      ("- sum > 0", "- sum" + String(repeating: " + sum", count: 200_000) + " > 0", "1000 words"),
      ("- sum > 0", "- " + String(repeating: "(", count: 100_000) + "sum > 0", "1000 words"),
      ("- sum > 0", "- " + String(repeating: "(", count: 900) + "sum > 0", "nested"),
      ("jobs: 2", "jobs: " + String(repeating: "[", count: 10_000), "nested"),
      ("jobs: 2", "jobs: " + String(repeating: "{a: ", count: 10_000), "nested"),
      ("run: {jobs: 2}", "run:\n  " + String(repeating: "- ", count: 10_000) + "2", "nested"),
      ("run: {jobs: 2}", "run:\n  " + String(repeating: "? ", count: 10_000) + "2", "nested"),
      ("run: {jobs: 2}", "run:\n" + indented(2_000), "nested"),
      ("jobs: 2", "jobs: " + nested(66), "nested"), ("run: {", bomb + "run: {", "anchors"),
      ("run: {", "run: {1: 1, 1: 2}\n" + bomb + "x: {", "anchors"),
      ("  pass: {", steps(5_000) + "  pass: {", "at most 4096"),
      ("count: [12, 14, 16]", "count: {from: 1, to: 900000}", "more than 1000000 cases"),
      ("replicates: 2", "replicates: 100000", "steps in all"),
      (
        "count: [12, 14, 16]",
        "count: [\(Array(repeating: "1", count: 100_000).joined(separator: ","))]", "twice"
      ),
    ])
  func large(old: String, new: String, words: String) throws {
    #expect(ManifestMutant.valid.ranges(of: old).count == 1)
    let found = try #require(try mistakes(in: ManifestMutant.valid.replacing(old, with: new)))
    let fitting = found.filter { $0.message.contains(words) }
    #expect(!fitting.isEmpty, "\(found.prefix(5).map { $0.rendered.prefix(300) })")
    #expect(found.allSatisfy { $0.rendered.utf8.count < 5000 })
  }

  private static func indented(_ depth: Int) -> String {
    (1...depth).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
  }

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "2" + String(repeating: "]", count: depth)
  }

  private static func steps(_ count: Int) -> String {
    (1...count).map { "  s\($0): {uses: toy_pass, in: {source: s\($0 - 1)}}\n" }.joined()
  }

  /// Ten references to ten references to ten ..., and the whole as a key.
  private static let bomb =
    "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    + (1...9).map { i in
      "a\(i): &a\(i) [\(Array(repeating: "*a\(i - 1)", count: 10).joined(separator: ", "))]\n"
    }.joined() + "? *a9\n: 1\n"

  @Test func `longer than four megabytes are refused unread`() throws {
    let text = ManifestMutant.valid + String(repeating: "#", count: 5 << 20)
    #expect(try mistakes(in: text)?.first?.message.contains("longer than") == true)
    let endless = ManifestMutant.valid.replacing("base.yaml", with: "/dev/zero")
    #expect(try mistakes(in: endless)?.contains { $0.message.contains("longer than") } == true)
  }

  @Test func `with long lines and many brackets in comments and prose are accepted`() throws {
    let brackets = String(repeating: "[{(", count: 300)
    let text = ManifestMutant.valid
      .replacing("question: \"", with: "question: \"" + String(repeating: "w ", count: 500_000))
      .replacing("Prose with", with: "Prose with \(brackets)")
    #expect(try mistakes(in: text + "# \(brackets)\n") == nil)
  }
}
