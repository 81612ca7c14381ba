import Foundation

/// The processes of this machine, where the system shows them as files.
public enum ProcessTable {
  /// Living processes of the tested program that were started in `folder` or below it.
  public static func ofProgram(in folder: String) -> [Int32] {
    let program = URL(fileURLWithPath: Program.executable).resolvingSymlinksInPath().path
    let place = URL(fileURLWithPath: folder).resolvingSymlinksInPath().path
    return all.filter { pid in
      link(pid, "exe") == program && link(pid, "cwd")?.hasPrefix(place) == true
    }
  }

  /// The processes that `parent` started itself.
  public static func children(of parent: Int32) -> [Int32] {
    all.filter { says(Substring("PPid:\t\(parent)"), $0) }
  }

  /// Whether a process was stopped by a signal.
  public static func isStopped(_ pid: Int32) -> Bool { says("State:\tT (stopped)", pid) }

  /// Whether a process has ended and waits to be buried by its parent.
  public static func isDead(_ pid: Int32) -> Bool { says("State:\tZ (zombie)", pid) }

  private static func says(_ line: Substring, _ pid: Int32) -> Bool {
    let status = try? String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    return status?.split(separator: "\n").contains(line) == true
  }

  private static var all: [Int32] {
    ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).compactMap { Int32($0) }
  }

  /// Nil for a process that is gone or waits to be buried.
  private static func link(_ pid: Int32, _ name: String) -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/\(name)")
  }
}
