import ArgumentParser
import Pipeline
import Stages

extension KCPipe {
  /// Prints the JSON Schema of manifests.
  struct Schema: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "schema", abstract: "Print the JSON Schema of manifests, for editors.",
      discussion: """
        Save it as schemas/kcpipe-experiment-1.json and begin a manifest with
        # yaml-language-server: $schema=../schemas/kcpipe-experiment-1.json
        """)

    func run() async throws {
      print(ManifestSchema(stageCatalog).document.prettyJSON, terminator: "")
    }
  }
}
