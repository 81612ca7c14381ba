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
  public func sweepAbandoned() {
    files.sweepAbandoned(in: root)
    for name in (try? files.list(root + "/tmp")) ?? [] where isAbandoned(name) {
      try? files.remove(root + "/tmp/" + name)
    }
  }

  public func remove(_ garbage: Garbage) throws(FileError) {
    try files.remove(garbage.path)
  }

  /// Whether no run is going on that uses this store; none can begin before `release` is called.
  public func claimForCollection() -> StoreClaim? {
    StoreClaim(root, isExclusive: true, files)
  }

  /// Tells collections that a run is going on.
  func claimForRun() -> StoreClaim? { StoreClaim(root, isExclusive: false, files) }

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

/// A lock on a store: runs hold it together, a collection holds it alone.
public final class StoreClaim: Sendable {
  private let descriptor: Int32

  /// Nil where a collection finds a run going on, or the store cannot be written at all.
  init?(_ root: String, isExclusive: Bool, _ files: any FileSystem) {
    guard (try? files.makeFolder(root + "/locks")) != nil else { return nil }
    let file = unsafe open(root + "/locks/runs", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard file >= 0 else { return nil }
    guard flock(file, isExclusive ? LOCK_EX | LOCK_NB : LOCK_SH) == 0 else {
      close(file)
      return nil
    }
    descriptor = file
  }

  deinit { close(descriptor) }
}
