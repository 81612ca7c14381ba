import ArgumentParser
import Pipeline

extension KCPipe {
  /// Names what changed in a step's key since the last run.
  struct Why: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "why", abstract: "Name what changed in the key of a step since the last run.")

    @Argument(help: "The step.")
    var step: String

    @OptionGroup var input: ManifestOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try input.plan()
      guard plan.hasStep(step) else {
        let near = Suggestion.nearest(to: step, among: plan.stepNames)
        throw Failure(
          message: "'\(step)' is not a step of this manifest."
            + (near.map { " Did you mean '\($0)'?" } ?? ""), code: ExitStatus.usage)
      }
      let folder = RunFolder(path: output.root + "/" + plan.manifest.experiment.name)
      let preview = PlanPreview(plan, engine: output.engine(), folder: folder)
      for line in preview.trace(of: step, in: plan) {
        print("\(line.step): \(line.action.rawValue), \(line.reason)")
        for change in line.changes { print("  \(change)") }
      }
    }
  }
}
