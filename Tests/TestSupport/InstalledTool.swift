import Foundation

/// Programs of the machine that some tests need.
public enum InstalledTool {
  /// Where a program lies; nil where it is not installed.
  public static func path(_ name: String) -> String? {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
  }

  /// Whether a command can be run here and ends with 0.
  public static func succeeds(_ name: String, _ arguments: [String]) -> Bool {
    guard let executable = path(name) else { return false }
    let folder = NSTemporaryDirectory()
    let child = try? ChildProcess(arguments, executable: executable, in: folder)
    return (try? child?.wait().status) == 0
  }
}
