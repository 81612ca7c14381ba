import Foundation

/// Writes the code fingerprints of all stages as a Swift file, at build time.
///
///     SourceDigest <package folder> <output file>
///
/// A stage's fingerprint covers its own folder, every kernel that it reaches, and what writes its
/// artifacts; comments and layout do not count. So a change in a kernel reruns the stages that use
/// it and no others, and edits in reports, commands and docs rerun nothing.
@main
struct SourceDigest {
  static func main() throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3 else {
      FileHandle.standardError.write(Data("usage: SourceDigest PACKAGE OUTPUT\n".utf8))
      exit(64)
    }
    let tree = try SourceTree(package: arguments[1])
    let text = generated(tree, compiler: compilerVersion())
    let old = try? String(contentsOfFile: arguments[2], encoding: .utf8)
    if text != old { try text.write(toFile: arguments[2], atomically: true, encoding: .utf8) }
  }

  private static func generated(_ tree: SourceTree, compiler: String) -> String {
    func table(_ name: String, _ fingerprint: (String) -> String) -> String {
      let lines = tree.stageFolders.map { "    \"\($0)\": \"\(fingerprint($0))\"," }
      return "  static let \(name): [String: String] = [\n" + lines.joined(separator: "\n")
        + "\n  ]\n"
    }
    return """
      // Written by SourceDigest at build time.
      enum CodeFingerprint {
        static let compiler = "\(compiler)"

      \(table("results", tree.resultFingerprint))
      \(table("reports", tree.reportFingerprint))
        static let build = "\(tree.buildFingerprint)"
      }

      """
  }

  /// The first words of `swiftc --version`, as `6.3.1`.
  private static func compilerVersion() -> String {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["swiftc", "--version"]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return "unknown" }
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split(whereSeparator: \.isWhitespace)
    guard let version = words.firstIndex(of: "version"), version + 1 < words.count else {
      return "unknown"
    }
    return String(words[version + 1])
  }
}
