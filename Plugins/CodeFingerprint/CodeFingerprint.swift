import Foundation
import PackagePlugin

/// Gives the target that holds the stages a file with their code fingerprints.
@main
struct CodeFingerprint: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
    let package = context.package.directoryURL
    let output = context.pluginWorkDirectoryURL.appending(path: "CodeFingerprint.swift")
    return [
      .buildCommand(
        displayName: "Digesting the sources of \(target.name)",
        executable: try context.tool(named: "SourceDigest").url,
        arguments: [package.path, output.path], inputFiles: sources(in: package),
        outputFiles: [output])
    ]
  }

  private func sources(in package: URL) -> [URL] {
    let root = package.appending(path: "Sources")
    let paths =
      FileManager.default.enumerator(atPath: root.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".swift") }.sorted().map { root.appending(path: $0) }
  }
}
