extension ManifestMutant {
  /// Documents that are no YAML, or more of it than a manifest needs.
  static let form: [ManifestMutant] = [
    .init(
      "a word of the manifest twice", "run: {jobs: 2}", "run: {jobs: 2}\nrun: {jobs: 3}", line: 37,
      column: 1, words: ["'run'", "second time"], isAlone: true),
    .init(
      "a word below one of the same name", "  seed: 7", "  seed: 7\n  name: again", line: 10,
      column: 3, words: ["'name'", "second time"], isAlone: true),
    .init(
      "a step twice", "  pass: {", "  total: {", line: 24, column: 3,
      words: ["'total'", "second time"], others: nil, isAlone: true),
    .init(
      "a step in quotes twice", "  pass: {", "  \"total\": {", line: 24, column: 3,
      words: ["'total'", "second time"], others: nil, isAlone: true),
    .init(
      "a parameter twice", "{count: 3}", "{count: 3, count: 4}", line: 23, column: 46,
      words: ["'count'", "second time"], isAlone: true),
    .init(
      "a slot twice", "{source: source}", "{source: source, source: fixed}", line: 22, column: 49,
      words: ["'source'", "second time"], isAlone: true),
    .init(
      "an axis twice", "[12, 14, 16]", "[12, 14, 16], count: [1]", line: 12, column: 31,
      words: ["'count'", "second time"], isAlone: true),
    .init(
      "a metric twice", "  weight: {", "  sum: {", line: 31, column: 3,
      words: ["'sum'", "second time"], others: nil, isAlone: true),
    .init(
      "a tab that indents", "  seed: 7", "\tseed: 7", line: 9, column: 1,
      words: ["tab", "use spaces"], isAlone: true),
    .init(
      "an anchor", "stages:\n  source:\n", "stages:\n  source: &x\n", line: 18, column: 11,
      words: ["anchors", "${name}"], isAlone: true),
    .init(
      "an alias", "retry: 1", "retry: *x", line: 22, column: 57, words: ["aliases", "${name}"],
      isAlone: true),
    .init(
      "an alias as key", "retry: 1", "*x : 1", line: 22, column: 50, words: ["aliases"],
      isAlone: true),
    .init(
      "a merge key", "retry: 1", "<<: *x", line: 22, column: 54, words: ["aliases"], isAlone: true),
    .init(
      "a merge key without an alias", "retry: 1", "<<: {scope: case}", line: 22, column: 50,
      words: ["'<<'", "not a word"], isAlone: true),
    .init(
      "a tag", "retry: 1", "retry: !!int 1", line: 22, column: 57, words: ["tags", "quotes"],
      isAlone: true),
    .init(
      "a tag of one's own", "retry: 1", "retry: !times 1", line: 22, column: 57, words: ["tags"],
      isAlone: true),
    .init(
      "a tag of a mapping", "sweep:\n  grid", "sweep: !!map\n  grid", line: 11, column: 8,
      words: ["tags"], isAlone: true),
    .init(
      "a key that is a list", "retry: 1", "[retry]: 1", line: 22, column: 50,
      words: ["a key must be a word"], isAlone: true),
    .init(
      "a reference without quotes", "count: \"${count}\"", "count: ${count}", line: 20, column: 20,
      words: ["not YAML"], isAlone: true),
    .init(
      "a second document", "run: {jobs: 2}", "run: {jobs: 2}\n---\nrun: {jobs: 3}", line: 37,
      column: 1, words: ["one document"], isAlone: true),
  ]
}
