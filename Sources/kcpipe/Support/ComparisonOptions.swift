public import ArgumentParser
public import Benchmark
import Foundation
import Pipeline

extension ReportFormat: ExpressibleByArgument {}
extension FailurePolicy.Trigger: ExpressibleByArgument {}

extension Quantity: ExpressibleByArgument {
  public init?(argument: String) { self.init(word: argument) }
  public static var allValueStrings: [String] { allCases.map(\.word) }
  public var defaultValueDescription: String { word }
}

/// What decides about a difference, how it is shown, and what fails.
struct ComparisonOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The smallest change that matters, as 5% or 0.05 (default: 5%).", valueName: "share"))
  var threshold: Share?

  @Option(help: "The chance of any false alarm that is put up with (default: 0.01).")
  var alpha: Double?

  @Option(
    name: .customLong("metric"),
    help: ArgumentHelp(
      "What is compared; may be repeated. By default cpu.", valueName: "metric"))
  var metrics: [Quantity] = []

  @Option(help: "How the comparison is written.")
  var format = ReportFormat.table

  @Option(help: "What makes the comparison fail.")
  var failOn = FailurePolicy.Trigger.regression

  @Flag(help: "Fail (5) where no verdict could be reached.")
  var strict = false

  @Flag(help: "Refuse (3) records of different machines.")
  var strictEnv = false

  var quantities: [Quantity] { metrics.isEmpty ? [.cpu] : metrics }

  func validate() throws {
    guard threshold.map({ $0.value > 0 }) ?? true else {
      throw ValidationError("--threshold must be above 0.")
    }
    guard alpha.map({ $0 > 0 && $0 < 1 }) ?? true else {
      throw ValidationError("--alpha must lie between 0 and 1.")
    }
  }

  /// Compares, prints, and ends the program with the code that the comparison means.
  ///
  /// `settings`: those of the manifest, for what the command line leaves open.
  func conclude(
    _ base: BenchRecord, _ new: BenchRecord, settings: Manifest.BenchSettings? = nil
  ) throws {
    var rule = VerdictRule()
    rule.threshold = threshold?.value ?? settings?.threshold ?? rule.threshold
    rule.alpha = alpha ?? settings?.alpha ?? rule.alpha
    rule.seed = new.seed
    let comparison = BenchComparison(base, new, quantities: quantities, rule: rule)
    var policy = FailurePolicy()
    policy.trigger = failOn
    policy.isStrict = strict
    policy.isStrictAboutMachine = strictEnv
    let outcome = comparison.outcome(by: policy)
    print(text(comparison, outcome), terminator: "")
    if outcome != .fine { throw ExitCode(outcome.rawValue) }
  }

  private func text(_ comparison: BenchComparison, _ outcome: BenchOutcome) -> String {
    let arms = [("base", comparison.base), ("new", comparison.new)]
    switch format {
    case .table: return table(comparison)
    case .markdown: return ComparisonText(comparison).markdown
    case .json: return ComparisonDocument.make(comparison, outcome).prettyJSON
    case .benchfmt: return GoBenchFormat.text(arms)
    case .gbench: return GoogleBenchmarkFormat.document(arms).prettyJSON
    case .bmf: return DashboardFormats.bencher(comparison.new).prettyJSON
    case .github: return DashboardFormats.gitHubAction(comparison.new).prettyJSON
    }
  }

  private func table(_ comparison: BenchComparison) -> String {
    let text = ComparisonText(comparison)
    let lines = [TextTable.render([ComparisonText.header] + text.rows), text.rule] + text.notes
    return lines.joined(separator: "\n") + "\n"
  }
}
