import ArgumentParser
import Pipeline
import Stages

extension KCPipe {
  /// Makes the report of the results at hand, without computing anything.
  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "report",
      abstract: "Make the report again from the results at hand, computing nothing.")

    @OptionGroup var input: ManifestOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try input.plan()
      var options = Engine.Options()
      options.onlyKnown = true
      let session = RunSession(
        plan, engine: output.engine(), outputsRoot: output.root, facts: OutputOptions.facts,
        options: options, selection: input.selection, interval: replicateInterval)
      let summary = try await session.run { _ in }
      let missing = summary.results.filter { $0.known == nil }.map(\.label)
      if !missing.isEmpty {
        throw Failure(
          message: "no result yet for: \(missing.prefix(12).joined(separator: ", "))"
            + (missing.count > 12 ? " and \(missing.count - 12) more" : "")
            + "; `kcpipe run \(input.manifest)` makes them.", code: ExitStatus.damagedInput)
      }
      print(
        RunRecordText.conclusion(
          summary, session.folder.path, isSweep: plan.isSweep && input.cases.isEmpty))
    }
  }
}
