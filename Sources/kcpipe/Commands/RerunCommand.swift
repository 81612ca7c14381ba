import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Executes a recorded run again and compares every dataset with the record.
  struct RerunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rerun",
      abstract: "Execute a recorded run again, without the store, and compare every dataset.")

    @Argument(help: "A run's id, a run folder, or the path of a run.json.")
    var target: String

    @OptionGroup var output: OutputOptions

    @Option(help: "Steps at a time; by default the number of cores.")
    var jobs: Int?

    func run() async throws {
      let record = try RunArchive(outputsRoot: output.root).find(target)
      let rerun = try Rerun(of: record, catalog: stageCatalog)
      let (lines, failures) = try await Interruptible.run {
        try await Scratch.use(in: output.root) { scratch in
          var options = Engine.Options()
          options.jobs = jobs ?? ProcessInfo.processInfo.activeProcessorCount
          return await rerun.run(
            in: scratch, catalog: stageCatalog, libraries: computingLibraries,
            executable: OutputOptions.executable, options: options)
        }
      }
      let rows = lines.map { [$0.verdict.rawValue, "\($0.file):\($0.dataset)", $0.detail] }
      print(TextTable.render(rows))
      for failure in failures { Console.complain(RunRecordText.failure(failure)) }
      let different = lines.count { $0.verdict != .equal }
      print(
        "\(lines.count) datasets of \(record.id): \(lines.count - different) equal, \(different) not"
      )
      if let failure = failures.first?.failure { throw ExitCode(failure.exitCode) }
      if different > 0 { throw ExitCode(ExitStatus.claimFailed) }
    }
  }
}
