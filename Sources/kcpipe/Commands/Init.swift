import ArgumentParser
import Foundation
import Pipeline

extension KCPipe {
  /// Writes a small manifest to start from.
  struct Init: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init", abstract: "Write a small manifest to start from.")

    @Argument(help: "The file to write.", completion: .file(extensions: ["yaml"]))
    var path = "experiment.yaml"

    func run() async throws {
      guard !FileManager.default.fileExists(atPath: path) else {
        throw Failure(
          message: "\(path) exists already; give another name.", code: ExitStatus.usage)
      }
      let base = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
      let name = TextRule.folder.admits(base) ? base : "experiment"
      try LocalFileSystem().replace(path, with: Data(Self.template(name).utf8), isDurable: true)
      print("wrote \(path); try: kcpipe run \(path)")
    }

    static func template(_ name: String) -> String {
      """
      kcpipe: 1
      experiment:
        name: \(name)
        title: "A first experiment"
        question: "How many corrupt nodes does a cloud of this size have?"
        seed: 1
      params:
        nodes: 32
        corrupt_share: 0.1
      stages:
        population:
          uses: population
          with: {nodes: "${nodes}", clients: 500, corrupt_share: "${corrupt_share}"}
      metrics:
        corrupt_nodes: {from: population.truth, path: corrupt_count}
      expect:
        - corrupt_nodes <= 0.2 * ${nodes}

      """
    }
  }
}
