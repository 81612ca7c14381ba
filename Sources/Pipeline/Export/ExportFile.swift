import Foundation

/// A file in the making that appears whole or not at all, or standard output.
///
///     let file = try ExportFile("log.queue")
///     try file.write(bytes)         // again and again
///     try file.commit()
///
/// Bytes go to a temporary name beside the file, which is renamed once all of them are on the disk.
/// Without `commit` nothing is left behind; what a killed process left is removed by the next export
/// into the same folder. Memory holds one block of a megabyte.
public final class ExportFile {
  private static let blockBytes = 1 << 20

  /// Nil for standard output.
  private let path: String?
  private let temporary: String
  private let descriptor: Int32
  private var block: [UInt8] = []
  private var isOpen = true

  /// A file at a path, where another may be replaced; without a path standard output.
  public init(_ path: String?) throws(FileError) {
    self.path = path
    block.reserveCapacity(Self.blockBytes + 4096)
    guard let path else {
      (temporary, descriptor) = ("", STDOUT_FILENO)
      return
    }
    let folder = PathParts.folder(of: path)
    LocalFileSystem().sweepAbandoned(in: folder.isEmpty ? "." : folder)
    while true {
      let name = TemporaryName.make(for: path)
      let file = unsafe open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      guard file >= 0 else { throw FileError(operation: "write", path: path, code: errno) }
      if FileClaim.takes(file, at: name) {
        (temporary, descriptor) = (name, file)
        return
      }
      close(file)
    }
  }

  deinit { discard() }

  public func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
    block.append(contentsOf: bytes)
    if block.count >= Self.blockBytes { try flush() }
  }

  /// Puts the file in place.
  public func commit() throws(FileError) {
    try flush()
    guard let path else { return }
    guard fsync(descriptor) == 0 else { throw failure(errno) }
    guard unsafe rename(temporary, path) == 0 else { throw failure(errno) }
    close(descriptor)
    isOpen = false
  }

  private func flush() throws(FileError) {
    var start = 0
    while start < block.count {
      let count = unsafe block.withUnsafeBytes { bytes in
        unsafe Foundation.write(
          descriptor, bytes.baseAddress?.advanced(by: start), bytes.count - start)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(errno) }
      start += count
    }
    block.removeAll(keepingCapacity: true)
  }

  private func failure(_ code: Int32) -> FileError {
    FileError(operation: "write", path: path ?? "to standard output", code: code)
  }

  private func discard() {
    guard isOpen, path != nil else { return }
    unsafe unlink(temporary)
    close(descriptor)
    isOpen = false
  }
}
