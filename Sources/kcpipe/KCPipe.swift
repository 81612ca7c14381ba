import ArgumentParser
import Foundation
import Pipeline
import Stages

/// The program: a batch pipeline for experiments on a cloud whose nodes may deceive.
@main
struct KCPipe: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kcpipe",
    abstract: "Runs declarative experiments on a cloud whose nodes may deceive.",
    discussion: """
      Start with `kcpipe init my-experiment.yaml`, then `kcpipe run my-experiment.yaml`.
      """,
    version: "kcpipe \(Program.version) (build \(buildIdentity.prefix(12)))",
    subcommands: [
      Run.self, PlanCommand.self, Why.self, Verify.self, RerunCommand.self, Diff.self, Report.self,
      Bench.self, Compare.self, Baseline.self,
      Export.self, List.self, Show.self, Schema.self, Init.self, Collect.self, Doctor.self,
      WorkerCommand.self,
      SampleCommand.self,
    ])

  static func main() async {
    ProcessMemory.shareHeap()
    // A child that dies before it has read its orders must not end this program.
    signal(SIGPIPE, SIG_IGN)
    let arguments = Array(CommandLine.arguments.dropFirst())
    await serveIfChild(arguments)
    suggestSubcommand(arguments)
    do {
      var command = try parseAsRoot(arguments)
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch let failure as any ExitError {
      Console.complain(failure.message)
      Foundation.exit(failure.code)
    } catch {
      exit(withError: Failure.translated(error) ?? error)
    }
  }

  /// A child of this very program has no options: the parser, some ms of each start, is not asked.
  private static func serveIfChild(_ arguments: [String]) async {
    guard arguments.count == 1 else { return }
    switch arguments[0] {
    case WorkerCommand.name: await WorkerCommand().run()
    case SampleCommand.name: await SampleCommand().run()
    default: return
    }
    Foundation.exit(0)
  }

  /// ArgumentParser finds the nearest option, but not the nearest subcommand.
  private static func suggestSubcommand(_ arguments: [String]) {
    // A name that is made from the type's costs a search through all conformances: all should be given.
    let names = configuration.subcommands.compactMap { command in
      command.configuration.shouldDisplay
        ? command.configuration.commandName ?? command._commandName : nil
    }
    guard let word = arguments.first, !word.hasPrefix("-"), !names.contains(word),
      ![WorkerCommand.name, SampleCommand.name, "help"].contains(word)
    else { return }
    var message = "'\(word)' is not a command of kcpipe."
    if let near = Suggestion.nearest(to: word, among: names) {
      message += " Did you mean '\(near)'?"
    } else {
      message += " Commands: \(names.joined(separator: ", "))."
    }
    Console.complain(message)
    Foundation.exit(ExitStatus.usage)
  }
}

/// What the program says of itself.
enum Program {
  static let version = "0.1.0"
}
