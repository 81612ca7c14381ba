import ArgumentParser
import Pipeline
import Stages

extension KCPipe {
  /// Computes steps for the engine; started by `run`, never by hand.
  struct WorkerCommand: AsyncParsableCommand {
    static let name = "worker"
    static let configuration = CommandConfiguration(
      commandName: name, abstract: "Compute steps for a running engine.", shouldDisplay: false)

    func run() async {
      await Worker(catalog: stageCatalog).serve()
    }
  }
}
