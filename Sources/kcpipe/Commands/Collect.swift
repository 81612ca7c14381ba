import ArgumentParser
import Pipeline

extension KCPipe {
  /// Removes results that no recent run refers to.
  struct Collect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "gc", abstract: "Remove results that no recent run refers to.")

    @OptionGroup var output: OutputOptions

    @Option(help: "Runs of each experiment whose results are kept.")
    var keepRuns = 3

    @Flag(help: "Say what would be removed, and remove nothing.")
    var dryRun = false

    func run() async throws {
      guard keepRuns >= 0 else {
        throw Failure(message: "--keep-runs must not be negative.", code: ExitStatus.usage)
      }
      let store = output.engine().artifactStore
      if !dryRun { store.sweepAbandoned() }
      let claim = store.claimForCollection()
      guard claim != nil else {
        return print(
          "a run is going on and may need any result: only what dead runs left behind was removed")
      }
      defer { withExtendedLifetime(claim) {} }
      let archive = RunArchive(outputsRoot: output.root)
      let garbage = store.garbage(keeping: archive.keys(ofNewest: keepRuns))
      for one in garbage {
        print("\(dryRun ? "would remove" : "removed")  \(Format.bytes(one.bytes))  \(one.path)")
        if !dryRun { try store.remove(one) }
      }
      if !dryRun { try archive.prune(keeping: keepRuns) }
      let bytes = garbage.reduce(0) { $0 + $1.bytes }
      print("\(garbage.count) results, \(bytes) bytes (\(Format.bytes(bytes)))")
    }
  }
}
