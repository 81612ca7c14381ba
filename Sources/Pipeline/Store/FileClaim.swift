import Foundation

/// A lock on a file or folder that is in the making, for as long as its maker lives.
///
/// Whoever sweeps can tell what a dead process left behind, also from another container, where
/// process numbers say nothing.
struct FileClaim: ~Copyable {
  private let descriptor: Int32

  /// Claims the file at `path` together with others that link to it at the same time.
  init(sharing path: String) throws(FileError) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileError(operation: "open", path: path, code: errno) }
    while flock(file, LOCK_SH) != 0, errno == EINTR {}
    descriptor = file
  }

  /// Takes over a file that is claimed already, and closes it at the end.
  init(claimed descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Ends the claim here and not earlier.
  consuming func release() {}

  /// Runs `body`, with the claim held, if no living process holds one on what lies at `path`.
  static func ifAbandoned(_ path: String, _ body: () -> Void) {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return }
    if flock(file, LOCK_EX | LOCK_NB) == 0 { body() }
    close(file)
  }

  /// Claims the open file that was just made at `path`; false if a sweep was faster and removed it.
  static func takes(_ descriptor: Int32, at path: String) -> Bool {
    while flock(descriptor, LOCK_EX) != 0, errno == EINTR {}
    var (here, named) = (stat(), stat())
    return unsafe fstat(descriptor, &here) == 0 && stat(path, &named) == 0
      && here.st_ino == named.st_ino
  }
}

/// A folder beside its final place, claimed while it is filled and removed in the end.
public final class ScratchFolder: Sendable {
  public let path: String
  private let files: any FileSystem
  private let descriptor: Int32

  /// Makes a folder whose name begins like `name`.
  public init(for name: String, _ files: any FileSystem = LocalFileSystem()) throws(FileError) {
    while true {
      let path = TemporaryName.make(for: name)
      try files.makeFolder(path)
      let folder = unsafe open(path, O_RDONLY | O_CLOEXEC)
      guard folder >= 0 || errno == ENOENT else {
        throw FileError(operation: "open", path: path, code: errno)
      }
      if folder >= 0, FileClaim.takes(folder, at: path) {
        self.path = path
        self.files = files
        descriptor = folder
        return
      }
      if folder >= 0 { close(folder) }
    }
  }

  deinit {
    try? files.remove(path)
    close(descriptor)
  }
}
