import ArgumentParser
import Foundation
import Pipeline
import Stages

/// The manifest and what the command line changes in it.
struct ManifestOptions: ParsableArguments {
  @Argument(
    help: "The manifest, a YAML or JSON file.", completion: .file(extensions: ["yaml", "json"]))
  var manifest: String

  @Option(
    name: .customLong("param"),
    help: ArgumentHelp("Give a parameter another value; may be repeated.", valueName: "name=value"))
  var overrides: [String] = []

  @Option(help: "Replace the manifest's seed.")
  var seed: UInt64?

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      "Only the cases of the sweep that have these values; may be repeated.",
      valueName: "axis=value,..."))
  var cases: [String] = []

  /// How much of the experiment is meant.
  var selection: RunSession.Selection { cases.isEmpty ? .everything : .someCases }

  func plan() throws -> Plan {
    let pairs = try overrides.map { text in
      guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
        throw Failure(
          message: "--param \(text): expected name=value, as --param nodes=32.",
          code: ExitStatus.usage)
      }
      return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }
    let decoder = ManifestDecoder(overrides: pairs, seed: seed)
    let plan = try Planner(catalog: stageCatalog).plan(decoder, path: manifest)
    return cases.isEmpty ? plan : try restricted(plan)
  }

  private func restricted(_ plan: Plan) throws -> Plan {
    do throws(CaseSelectionError) {
      return try plan.selecting(cases)
    } catch {
      throw Failure(message: "--case \(error.text): \(error.description)", code: ExitStatus.usage)
    }
  }
}

/// Where results go and where known results are looked for.
struct OutputOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder for results.", valueName: "dir"), completion: .directory)
  var out = "outputs"

  @Option(
    help: ArgumentHelp("The store of results; by default it lies in --out.", valueName: "dir"),
    completion: .directory)
  var store: String?

  var root: String { absolute(out) }

  func engine() -> Engine {
    Engine(
      catalog: stageCatalog, libraries: computingLibraries,
      store: ArtifactStore(root: store.map(absolute) ?? root + "/.kcpipe"),
      executable: Self.executable)
  }

  private func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }

  /// This program's own file, for the workers.
  static let executable: String =
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    ?? Bundle.main.executablePath ?? CommandLine.arguments[0]

  static var facts: BuildFacts {
    BuildFacts(
      program: "kcpipe \(Program.version)", build: buildIdentity,
      libraries: computingLibraries.merging(["hdf5": hdf5LibraryVersion]) { a, _ in a })
  }
}
