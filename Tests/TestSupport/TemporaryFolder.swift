import Foundation
import Synchronization

/// A folder that is removed when the tests are over.
///
/// Not when the last reference goes: an optimized test lets go of the folder while a path to it is
/// still in use.
public final class TemporaryFolder: Sendable {
  public let path: String

  /// `name`: part of the folder's name, for tests of odd names.
  public init(_ name: String = "kcpipe test") throws {
    path = NSTemporaryDirectory() + "\(name) \(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    Self.removeAtExit(path)
  }

  private static let paths = Mutex<[String]>([])

  private static func removeAtExit(_ path: String) {
    let isFirst = paths.withLock { paths in
      paths.append(path)
      return paths.count == 1
    }
    guard isFirst else { return }
    atexit {
      for path in TemporaryFolder.paths.withLock({ $0 }) {
        try? FileManager.default.removeItem(atPath: path)
      }
    }
  }

  /// Writes a file into the folder and returns its path.
  @discardableResult
  public func write(_ text: String, to name: String) throws -> String {
    let file = path + "/" + name
    let parent = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: file))
    return file
  }

  @discardableResult
  public func write(_ bytes: [UInt8], to name: String) throws -> String {
    let file = path + "/" + name
    try Data(bytes).write(to: URL(fileURLWithPath: file))
    return file
  }

  /// All files below the folder, by path relative to it.
  public var files: [String] { RepositoryRoot.files(below: path) }
}
