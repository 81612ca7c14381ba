import ArgumentParser
import Foundation
import Pipeline
import Stages

extension KCPipe {
  /// Shows a stage: parameters with defaults and ranges, inputs, and what it writes.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show a stage: parameters, inputs and the variables that it writes.")

    @Argument(
      help: "The stage; `kcpipe list stages` names them.",
      completion: .list(stageCatalog.stages.map(\.name)))
    var stage: String

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
      guard let stage = stageCatalog[stage] else {
        let near = Suggestion.nearest(to: stage, among: stageCatalog.stages.map(\.name))
        throw Failure(
          message: "'\(stage)' is not a stage." + (near.map { " Did you mean '\($0)'?" } ?? ""),
          code: ExitStatus.usage)
      }
      print(json ? StageText.json(stage).prettyJSON : StageText.render(stage), terminator: "")
    }
  }
}
