import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Lists stages, experiments or runs.
  struct List: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List stages, experiments or runs.",
      subcommands: [ListStages.self, Experiments.self, Runs.self])
  }

  struct ListStages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stages", abstract: "List the stages that a manifest may use.")

    func run() async throws {
      print(
        TextTable.render(stageCatalog.stages.map { ["\($0.name)@\($0.revision)", $0.summary] }))
    }
  }

  struct Experiments: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "experiments", abstract: "List the manifests in a folder.")

    @Argument(help: "The folder to look in.", completion: .directory)
    var folder = "experiments"

    func run() async throws {
      let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
      let rows = names.filter { $0.hasSuffix(".yaml") }.sorted().compactMap { name -> [String]? in
        let path = folder + "/" + name
        guard let manifest = try? ManifestDecoder().decode(path: path) else { return nil }
        return [path, manifest.experiment.title]
      }
      if rows.isEmpty { Console.complain("no manifest in \(folder)") }
      print(TextTable.render(rows))
    }
  }

  struct Runs: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "runs", abstract: "List the runs that are recorded, the newest first.")

    @OptionGroup var output: OutputOptions

    @Option(help: "How many at most.")
    var limit = 20

    func run() async throws {
      guard FileManager.default.fileExists(atPath: output.root) else {
        return Console.complain("no runs in \(output.out) yet")
      }
      let index = try RunStore(outputsRoot: output.root)
      let rows = try index.lines(limit: limit).map { line in
        [
          line.id, line.startedAt, line.outcome, Format.seconds(line.wallSeconds),
          "\(line.executed) of \(line.steps) executed",
        ]
      }
      print(TextTable.render([["run", "started", "outcome", "wall", "steps"]] + rows))
    }
  }
}
