import Foundation
import TestSupport

/// Commands in name spaces of their own: mounts and process numbers that nobody else sees.
enum Sandbox {
  static let needs = "needs Linux and the right to make name spaces (unshare)"

  /// What comes before a shell that may mount; nil where that is not allowed.
  static let mounting: [String]? = first(
    of: [["--mount"], ["--user", "--map-root-user", "--mount"]],
    trying: "mount -t tmpfs -o size=64k none /mnt")

  /// The same for a shell that is process 1 of its own.
  static let numbering: [String]? = first(
    of: [
      ["--pid", "--fork", "--mount-proc"],
      ["--user", "--map-root-user", "--pid", "--fork", "--mount-proc"],
    ], trying: "test $$ = 1")

  private static func first(of candidates: [[String]], trying script: String) -> [String]? {
    candidates.first { InstalledTool.succeeds("unshare", $0 + ["sh", "-c", script]) }
  }

  /// Runs a shell script in its own name spaces, with `words` as its arguments.
  static func start(
    _ flags: [String]?, _ script: String, _ words: [String], in folder: String
  ) throws -> ChildProcess {
    try ChildProcess(
      (flags ?? []) + ["sh", "-c", script, "sh"] + words,
      executable: InstalledTool.path("unshare") ?? "unshare", in: folder)
  }
}
