import ArgumentParser
import Benchmark
import Pipeline
import Stages

extension KCPipe {
  /// Computes one step and says what it took; started by `bench`, never by hand.
  struct SampleCommand: AsyncParsableCommand {
    static let name = "sample"
    static let configuration = CommandConfiguration(
      commandName: name, abstract: "Compute one step for a benchmark.", shouldDisplay: false)

    func run() async {
      await SampleServer(catalog: stageCatalog, libraries: OutputOptions.facts.libraries).serve()
    }
  }
}
