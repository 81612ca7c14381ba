/// How a comparison or a record is written.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// Aligned columns for a screen.
  case table
  /// For a comment on a pull request.
  case markdown
  case json
  /// The format of Go's benchmarks, which benchstat reads.
  case benchfmt
  /// Google benchmark's JSON, which its compare.py reads.
  case gbench
  /// Bencher Metric Format.
  case bmf
  /// What github-action-benchmark takes as `customSmallerIsBetter`.
  case github
}
