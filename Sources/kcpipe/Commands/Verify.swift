import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Checks digests of store and run folders, and on request that steps repeat exactly.
  struct Verify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "verify",
      abstract:
        "Check the digests of all results; with --repeat, execute a manifest's steps again.",
      discussion: """
        Without a manifest every file of the store and of all run folders is hashed. With a manifest and \
        --repeat its steps are executed in fresh stores, with each number of --jobs in turn, and the first \
        value that differs is named.
        """)

    @Argument(
      help: "The manifest whose steps are repeated.", completion: .file(extensions: ["yaml"]))
    var manifest: String?

    @OptionGroup var output: OutputOptions

    @Option(name: .customLong("repeat"), help: "How often to execute the manifest's steps.")
    var times = 0

    @Option(help: "Numbers of jobs for the repetitions, in turn, as 1,2.")
    var jobs = "1"

    func run() async throws {
      if times > 0 {
        try await repeatSteps()
      } else {
        try checkDigests()
      }
    }

    private func checkDigests() throws {
      let store = output.engine().artifactStore
      var damaged: [String] = []
      let keys = store.keys()
      for key in keys {
        guard let files = store.damagedFiles(of: key) else {
          damaged.append("store \(key.short): no readable seal")
          continue
        }
        damaged += files.map { "store \(key.short): \($0)" }
      }
      let folders = RunArchive(outputsRoot: output.root).runFolders()
      for folder in folders { damaged += folder.damagedFiles() }
      for line in damaged { print("damaged  \(line)") }
      print(
        "\(keys.count) results and \(folders.count) run folders: \(damaged.count) damaged files")
      if !damaged.isEmpty { throw ExitCode(ExitStatus.damagedInput) }
    }

    private func repeatSteps() async throws {
      guard let manifest else {
        throw Failure(message: "--repeat needs a manifest.", code: ExitStatus.usage)
      }
      let numbers = jobs.split(separator: ",").compactMap { Int($0) }
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 > 0 }) else {
        throw Failure(
          message: "--jobs \(jobs): expected numbers, as 1,2.", code: ExitStatus.usage)
      }
      let plan = try Planner(catalog: stageCatalog).plan(ManifestDecoder(), path: manifest)
      let lines = try await Interruptible.run {
        try await Scratch.use(in: output.root) { scratch in
          try await Repetition(plan, catalog: stageCatalog, libraries: computingLibraries).run(
            times: times, jobs: numbers, in: scratch, executable: OutputOptions.executable)
        }
      }
      for line in lines { print(line) }
      print(
        lines.isEmpty ? "\(times) executions gave equal datasets" : "executions differ")
      if !lines.isEmpty { throw ExitCode(ExitStatus.claimFailed) }
    }
  }
}
