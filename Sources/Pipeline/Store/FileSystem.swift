public import Foundation

/// The calls by which the engine touches a disk; tests put one in that fails or stops.
///
/// Everything throws a `FileError` that names the call, the path and the system's reason.
public protocol FileSystem: Sendable {
  func status(of path: String) -> FileStatus?
  func read(_ path: String) throws(FileError) -> Data
  /// Writes a file that must not exist yet.
  func create(_ path: String, with data: Data) throws(FileError)
  /// Writes to a temporary name and renames: the old file or the new one, never a part.
  ///
  /// A durable write waits until the disk has it; what can be made again need not.
  func replace(_ path: String, with data: Data, isDurable: Bool) throws(FileError)
  func digest(ofFile path: String) throws(FileError) -> Digest
  func makeFolder(_ path: String) throws(FileError)
  /// The same, and each new folder's name has reached the disk.
  func makeDurableFolder(_ path: String) throws(FileError)
  func list(_ path: String) throws(FileError) -> [String]
  func rename(_ from: String, to: String) throws(FileError)
  func remove(_ path: String) throws(FileError)
  /// Flushes a file or folder to the disk.
  func sync(_ path: String) throws(FileError)
  func setReadOnly(_ path: String) throws(FileError)
  /// Makes `target` hold what `source` holds: by reflink, else hard link, else copy.
  func place(_ source: String, at target: String) throws(FileError)
}

/// What `stat` tells of a file, as far as it helps to notice a change.
public struct FileStatus: Sendable, Equatable, Codable {
  public let bytes: Int
  public let modified: Int64
  public let changed: Int64
  public let inode: UInt64
  public let device: UInt64
  public let isFolder: Bool

  /// Of no file: equal to none that exists.
  static let absent = FileStatus(
    bytes: -1, modified: 0, changed: 0, inode: 0, device: 0, isFolder: false)

  /// Whether both are links to one file.
  func isSameFile(as other: FileStatus) -> Bool {
    inode == other.inode && device == other.device && bytes == other.bytes
  }

  /// Whether nothing but a link of ours can have happened since `other`.
  func differsInChangeTimeOnly(from other: FileStatus) -> Bool {
    bytes == other.bytes && modified == other.modified && inode == other.inode
      && device == other.device && isFolder == other.isFolder && changed != other.changed
  }
}

/// A call on a file that the system refused.
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  public let operation: String
  public let path: String
  public let code: Int32

  public var description: String {
    "cannot \(operation) \(path): \(unsafe String(cString: strerror(code)))"
  }
}
