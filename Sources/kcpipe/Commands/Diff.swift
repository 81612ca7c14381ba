import ArgumentParser
import Foundation
import Pipeline

extension KCPipe {
  /// Compares two runs: parameters, metrics and datasets.
  struct Diff: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Compare two run folders: parameters, metrics within tolerance, datasets.")

    @Argument(help: "The first run's folder.", completion: .directory)
    var first: String

    @Argument(help: "The second run's folder.", completion: .directory)
    var second: String

    func run() async throws {
      let comparison = try RunComparison(load(first), load(second))
      for line in comparison.parameters { print("parameter \(line)") }
      for line in comparison.metrics {
        let values = [line.old, line.new].map { $0.map(Format.number) ?? "absent" }
        print(
          "metric \(line.name): \(values[0]) -> \(values[1])"
            + (line.isWithin ? " (within tolerance)" : ""))
      }
      for artifact in comparison.artifacts {
        if !artifact.note.isEmpty { print("\(artifact.file): \(artifact.note)") }
        for dataset in artifact.datasets { print("\(artifact.file):\(dataset.description)") }
      }
      print(comparison.isEqual ? "equal" : "different")
      if !comparison.isEqual { throw ExitCode(ExitStatus.claimFailed) }
    }

    private func load(_ path: String) throws -> (record: RunRecord, folder: String) {
      let folder =
        (path as NSString).lastPathComponent == "run.json"
        ? (path as NSString).deletingLastPathComponent : path
      guard let record = RunFolder(path: folder).record else {
        throw DataError(path, expected: "a run folder with a run.json", found: "none")
      }
      return (record, folder)
    }
  }
}
