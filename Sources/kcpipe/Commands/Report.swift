import ArgumentParser
import Pipeline

extension KCPipe {
  /// Makes the report of the results at hand, without computing anything.
  struct Report: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the report again from the results at hand, computing nothing.")

    @OptionGroup var input: ManifestOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
      let plan = try input.plan()
      var options = Engine.Options()
      options.onlyKnown = true
      let session = RunSession(
        plan, engine: output.engine(), outputsRoot: output.root, facts: OutputOptions.facts,
        options: options)
      let summary = try await session.run { _ in }
      let missing = summary.results.filter { $0.seal == nil }.map(\.step)
      if !missing.isEmpty {
        throw Failure(
          message: "no result yet for: \(missing.joined(separator: ", ")); `kcpipe run "
            + "\(input.manifest)` makes them.", code: ExitStatus.damagedInput)
      }
      print(RunRecordText.conclusion(summary, session.folder.path))
    }
  }
}
