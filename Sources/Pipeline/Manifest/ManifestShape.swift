/// The words of a manifest: the decoder, `kcpipe schema` and the docs are made from this table.
enum ManifestShape {
  /// The format that this program reads; a manifest of another one is refused.
  static let format: Int64 = 1
  /// More are refused: plans are made in time that grows with their square.
  static let stepsMax = 4096
  /// Steps of all cases of a sweep together.
  static let plannedMax = 2_000_000

  static let document = Shape.record([
    .init("kcpipe", .integer(1...Int64(Int32.max)), isRequired: true, "format version, 1"),
    .init("include", include, "manifests that are merged before this one"),
    .init("experiment", experiment, isRequired: true, "what is asked, by whom, with which seed"),
    .init(
      "params", .dictionary(keys: .name, values: .any), "each value once; `${name}` refers to it"),
    .init("sweep", sweep, "the cases, where the experiment is run for many values"),
    .init(
      "stages", .dictionary(keys: .name, values: step), isRequired: true,
      "the steps: what each is, what it reads, how"),
    .init(
      "notebook", .dictionary(keys: .name, values: .string(.anything)),
      "markdown that stands before a step's section in the report"),
    .init("metrics", .dictionary(keys: .name, values: metric), "one flat table per run"),
    .init(
      "expect", .list(of: .string(.anything), count: 0...Int.max),
      "claims over the metrics that the run must satisfy"),
    .init("bench", bench, "what `kcpipe bench` measures, and what it calls a change"),
    .init("run", run, "how to execute; no part of any result"),
  ])

  static let include = Shape.either([
    .string(.anything), .list(of: .string(.anything), count: 1...Int.max),
  ])

  static let sweep = Shape.record([
    .init("grid", .dictionary(keys: .name, values: axis), "every combination of these values"),
    .init("zip", .dictionary(keys: .name, values: axis), "values that are walked together"),
    .init("include", .list(of: oneCase, count: 0...Int.max), "further cases"),
    .init("exclude", .list(of: oneCase, count: 0...Int.max), "combinations to leave out"),
    .init("replicates", .integer(1...1_000_000), "how often each case is run, with other seeds"),
  ])

  private static let scalar = Shape.either([
    .bool, .number(-Double.infinity...Double.infinity, open: false), .string(.anything),
  ])
  private static let finite = Shape.number(
    -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, open: false)

  static let axis = Shape.either([
    .list(of: scalar, count: 1...Int.max),
    .record([
      .init("from", finite, isRequired: true, "the first value"),
      .init("to", finite, isRequired: true, "the largest value"),
      .init("step", finite, "the distance of two values, 1 if absent"),
    ]),
  ])

  static let oneCase = Shape.dictionary(keys: .name, values: scalar)

  static let experiment = Shape.record([
    .init("name", .string(.folder), isRequired: true, "the name of the results' folder"),
    .init("title", .string(.anything), "the report's heading"),
    .init("question", .string(.anything), "what the experiment is to answer"),
    .init("authors", .list(of: author, count: 0...Int.max), "who made it"),
    .init("license", .string(.anything), "an SPDX identifier"),
    .init(
      "seed", .integer(0...Int64.max), standard: 1, "the root of all random streams"),
  ])

  static let author = Shape.record([
    .init("name", .string(.anything), isRequired: true, "the author's name"),
    .init("orcid", .string(.anything), "the author's ORCID"),
  ])

  static let step = Shape.record([
    .init("uses", .string(.anything), isRequired: true, "a stage, as `name` or `name@revision`"),
    .init(
      "in", .dictionary(keys: .name, values: .string(.anything)),
      "input slot: step, or step.output"),
    .init("with", .any, "the stage's parameters; `kcpipe show STAGE` lists them"),
    .init("retry", retry, "how often a failed step is tried again"),
    .init(
      "scope", .choice(StepScope.allCases.map(\.rawValue)),
      "`sweep`: once for all cases, and not allowed to depend on an axis"),
  ])

  static let retry = Shape.either([
    .integer(0...100),
    .record([.init("times", .integer(0...100), isRequired: true, "further attempts")]),
  ])

  static let metric = Shape.record([
    .init("from", .string(.anything), isRequired: true, "the step, or step.output"),
    .init("path", .string(.anything), isRequired: true, "a scalar variable of its artifact"),
    .init("better", .choice(Metric.Better.allCases.map(\.rawValue)), "which way is better"),
    .init("tolerance", tolerance, "how far two runs may differ"),
  ])

  static let tolerance = Shape.record([
    .init("abs", .number(0...Double.infinity, open: false), "absolute"),
    .init("rel", .number(0...Double.infinity, open: false), "relative to the larger value"),
  ])

  static let bench = Shape.record([
    .init(
      "steps", .list(of: .string(.anything), count: 1...Int.max),
      "the steps that are measured; all if absent"),
    .init("samples", .integer(1...100_000), "samples of each step and program"),
    .init("warmup", .integer(0...1000), "rounds before the first sample that counts"),
    .init("max_time_s", .number(0...1e7, open: true), "no round begins after this time"),
    .init("threshold", .number(0...10, open: true), "the smallest change that matters, as a share"),
    .init("alpha", .number(0...0.5, open: true), "the chance of any false alarm"),
  ])

  static let run = Shape.record([
    .init("jobs", .integer(1...256), "steps at a time")
  ])
}
