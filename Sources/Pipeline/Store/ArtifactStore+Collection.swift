import Foundation

extension ArtifactStore {
  /// A result that no kept run refers to, or leavings of a dead writer.
  public struct Garbage: Sendable, Equatable {
    public let path: String
    public let bytes: Int
  }

  /// All keys that the store has a folder for, in order.
  public func keys() -> [Digest] {
    let objects = root + "/objects"
    return ((try? files.list(objects)) ?? []).flatMap { prefix in
      ((try? files.list(objects + "/" + prefix)) ?? []).compactMap { Digest(hex: $0) }
    }
  }

  /// What can be removed without touching the results in `kept` or anything that is being written.
  public func garbage(keeping kept: Set<Digest>) -> [Garbage] {
    let results = keys().filter { !kept.contains($0) }.map(folder(of:))
    let temporary = ((try? files.list(root + "/tmp")) ?? []).filter { name in
      isAbandoned(name)
    }.map { root + "/tmp/" + $0 }
    return (results + temporary).map { Garbage(path: $0, bytes: size(of: $0)) }
  }

  /// Removes what dead writers left behind; what a living one writes is under a lock and stays.
  func sweepAbandoned() {
    for name in (try? files.list(root + "/tmp")) ?? [] where isAbandoned(name) {
      try? files.remove(root + "/tmp/" + name)
    }
  }

  public func remove(_ garbage: Garbage) throws(FileError) {
    try files.remove(garbage.path)
  }

  /// A folder in the making whose step nobody holds the lock of belongs to a dead writer.
  private func isAbandoned(_ name: String) -> Bool {
    guard let key = Digest(hex: name.prefix(64)) else { return true }
    return !StepLock.isHeld(at: lockPath(of: key))
  }

  private func size(of path: String) -> Int {
    guard let status = files.status(of: path) else { return 0 }
    guard status.isFolder else { return status.bytes }
    return ((try? files.list(path)) ?? []).reduce(0) { $0 + size(of: path + "/" + $1) }
  }
}
