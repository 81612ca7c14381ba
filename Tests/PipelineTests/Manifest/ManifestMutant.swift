import Testing

/// A valid manifest with one change, and what must be said of it.
struct ManifestMutant: Sendable, CustomTestStringConvertible {
  let title: String
  /// What is replaced; it stands in the manifest once.
  let old: String
  let new: String
  let line: Int
  let column: Int
  /// Words that the message must hold.
  let words: [String]
  let suggestion: String?
  /// How many more mistakes follow from the change; nil for any number.
  let others: Int?
  /// Whether it hides or causes mistakes elsewhere, so that it is not mixed with other changes.
  let isAlone: Bool

  var testDescription: String { "\(title): \(new)" }
  var text: String { Self.valid.replacing(old, with: new) }

  init(
    _ title: String, _ old: String, _ new: String, line: Int, column: Int, words: [String],
    meant suggestion: String? = nil, others: Int? = 0, isAlone: Bool = false
  ) {
    self.title = title
    self.old = old
    self.new = new
    self.line = line
    self.column = column
    self.words = words
    self.suggestion = suggestion
    self.others = others
    self.isAlone = isAlone
  }

  static let all = words + values + form

  /// Uses every word that a manifest may have.
  static let valid = #"""
    kcpipe: 1
    include: base.yaml
    experiment:
      name: mutants
      title: Mutants
      question: "Is every mistake named?"
      authors: [{name: Ada, orcid: 0000-0002-1825-0097}]
      license: GPL-3.0-or-later
      seed: 7
    params: {count: 12, kind: line, low: 1}
    sweep:
      grid: {count: [12, 14, 16], low: {from: 1, to: 3, step: 1}}
      zip: {kind: [line, square], other: [5, 6]}
      exclude: [{count: 14, low: 3}]
      include: [{count: 20, low: 1}]
      replicates: 2
    stages:
      source:
        uses: toy_source
        with: {count: "${count}", kind: "${kind}"}
        retry: {times: 2}
      total: {uses: toy_sum@1, in: {source: source}, retry: 1, scope: case}
      fixed: {uses: toy_source, with: {count: 3}, scope: sweep}
      pass: {uses: toy_pass, in: {source: total.main}}
    notebook:
      source: |
        Prose with [ an open bracket, a & b, *stars* and a !.
      total: "Of ${count} numbers."
    metrics:
      sum: {from: source, path: total, better: higher, tolerance: {abs: 1, rel: 1e-9}}
      weight: {from: pass, path: /total}
    expect:
      - sum > 0
      - mean(weight where count == 12) <= max(weight)
      - abs(sum - ${low}) < 1e9
    run: {jobs: 2}

    """#

  /// What the valid manifest includes.
  static let base = "params: {other: 5}\n"
}
