import ArgumentParser
import Pipeline
import Stages

extension KCPipe {
  /// Computes steps for the engine; started by `run`, never by hand.
  struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "worker", abstract: "Compute steps for a running engine.", shouldDisplay: false)

    func run() async throws {
      await Worker(catalog: stageCatalog).serve()
    }
  }
}
