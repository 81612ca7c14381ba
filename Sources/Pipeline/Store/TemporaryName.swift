import Foundation

/// Names of files that become others by a rename: `traffic.h5.4711.3f2a91c0.tmp`.
///
/// Whoever makes such a file holds a `FileClaim` on it, so that what a dead process left behind can
/// be told from what a living one is about to rename.
public enum TemporaryName {
  public static func make(for path: String) -> String {
    "\(path).\(getpid()).\(String(UInt32.random(in: 0...UInt32.max), radix: 16)).tmp"
  }

  static func matches(_ name: String) -> Bool {
    let parts = name.split(separator: ".")
    return parts.count >= 3 && parts.last == "tmp" && Int(parts[parts.count - 3]) != nil
  }
}

extension FileSystem {
  /// Removes what dead processes were about to put in place in a folder.
  public func sweepAbandoned(in folder: String) {
    for name in (try? list(folder)) ?? [] where TemporaryName.matches(name) {
      let path = folder + "/" + name
      FileClaim.ifAbandoned(path) { try? remove(path) }
    }
  }
}
