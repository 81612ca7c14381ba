import ArgumentParser
import Benchmark
import Pipeline

/// Where a record goes, and where inputs are looked for.
struct BenchOutputOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Write the record here, and that of another program beside it as <name>.base.json.",
      valueName: "file"), completion: .file(extensions: ["json"]))
  var out: String?

  @Option(help: ArgumentHelp("The folder for results.", valueName: "dir"), completion: .directory)
  var outputs = "outputs"

  @Option(
    help: ArgumentHelp("The store of results; by default it lies in --outputs.", valueName: "dir"),
    completion: .directory)
  var store: String?

  var output: OutputOptions { Self.output(outputs, store: store) }

  static func output(_ folder: String, store: String? = nil) -> OutputOptions {
    var output = OutputOptions()
    output.out = folder
    output.store = store
    return output
  }
}

/// What is measured, how often, and for how long.
struct SamplingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Measure only this step; in a sweep all its cases, or one as step[axis=value].",
      valueName: "step"))
  var step: String?

  @Option(help: "Samples of each step and program (default: 20).")
  var samples: Int?

  @Option(help: "Rounds before the first sample that counts (default: 1).")
  var warmup: Int?

  @Option(help: ArgumentHelp("Begin no further round after this time.", valueName: "time"))
  var maxTime: TimeLimit?

  @Option(
    help: ArgumentHelp(
      "End early when every interval is this narrow to each side; 0 takes all samples.",
      valueName: "share"))
  var precision = Share(0.01)

  @Option(help: "Threads that a step may use.")
  var threads = 1

  @Flag(help: "Also count instructions with callgrind, once for each step and program.")
  var callgrind = false

  @Option(help: "The seed of the order of measuring and of the intervals.")
  var orderSeed: UInt64 = 1

  @Option(help: .hidden)
  var burden: Share?

  func validate() throws {
    guard samples ?? 1 > 0, warmup ?? 0 >= 0, threads > 0 else {
      throw ValidationError("--samples and --threads must be above 0, --warmup not negative.")
    }
  }

  /// The steps that are measured; none for all.
  func steps(_ settings: Manifest.BenchSettings) -> [String] {
    step.map { [$0] } ?? settings.steps
  }

  func check(_ plan: Plan) throws {
    if plan.steps.isEmpty { throw BenchError.noSteps }
    guard let step, !plan.steps.contains(where: { $0.isCalled(step) }) else { return }
    let near = Suggestion.nearest(to: step, among: plan.steps.map(\.name))
    throw BenchError.unknownStep(step, nearest: near)
  }

  /// `settings`: those of the manifest, for what the command line leaves open.
  func options(
    _ comparison: ComparisonOptions, _ settings: Manifest.BenchSettings
  ) -> BenchSession.Options {
    var options = BenchSession.Options()
    options.samples = samples ?? settings.samples ?? options.samples
    options.warmup = warmup ?? settings.warmup ?? options.warmup
    options.secondsMax = maxTime?.seconds ?? settings.secondsMax
    options.precision = precision.value
    options.seed = orderSeed
    options.countsWithCallgrind = callgrind
    options.quantity = comparison.quantities.first ?? .cpu
    return options
  }
}
