import Foundation

/// A lock on a file or folder that is in the making, for as long as its maker lives.
///
/// Whoever sweeps can tell what a dead process left behind, also from another container, where
/// process numbers say nothing.
struct FileClaim: ~Copyable {
  private let descriptor: Int32

  /// Claims what lies at `path`, alone or, for a file that many may link at a time, together.
  init(_ path: String, isShared: Bool = false) throws(FileError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError(operation: "open", path: path, code: errno) }
    self.init(descriptor: file, isShared: isShared)
  }

  /// Claims an open file and closes it at the end.
  init(descriptor: Int32, isShared: Bool = false) {
    while flock(descriptor, isShared ? LOCK_SH : LOCK_EX) != 0, errno == EINTR {}
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Ends the claim here and not earlier.
  consuming func release() {}

  /// Whether a living process holds a claim on what lies at `path`.
  static func isHeld(_ path: String) -> Bool {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return false }
    defer { close(file) }
    return flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
  }
}

/// A folder beside its final place, claimed while it is filled and removed in the end.
public final class ScratchFolder: Sendable {
  public let path: String
  private let files: any FileSystem
  private let descriptor: Int32

  /// Makes a folder whose name begins like `name`.
  public init(for name: String, _ files: any FileSystem = LocalFileSystem()) throws(FileError) {
    let path = TemporaryName.make(for: name)
    try files.makeFolder(path)
    let folder = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw FileError(operation: "open", path: path, code: errno) }
    _ = flock(folder, LOCK_EX)
    self.path = path
    self.files = files
    descriptor = folder
  }

  deinit {
    try? files.remove(path)
    close(descriptor)
  }
}
