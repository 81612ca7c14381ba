import Foundation

/// Names of files that become others by a rename: `traffic.h5.4711.3f2a91c0.tmp`.
///
/// The name tells who writes the file, so that what a dead process left behind can be swept.
public enum TemporaryName {
  public static func make(for path: String) -> String {
    "\(path).\(getpid()).\(String(UInt32.random(in: 0...UInt32.max), radix: 16)).tmp"
  }

  /// Whether the file was left behind: it has such a name, and its writer is gone.
  static func isAbandoned(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count >= 3, parts.last == "tmp", let writer = pid_t(parts[parts.count - 3]) else {
      return false
    }
    return kill(writer, 0) != 0 && errno == ESRCH
  }
}

extension FileSystem {
  /// Removes what dead processes were about to put in place in a folder.
  func sweepAbandoned(in folder: String) {
    for name in (try? list(folder)) ?? [] where TemporaryName.isAbandoned(name) {
      try? remove(folder + "/" + name)
    }
  }
}
