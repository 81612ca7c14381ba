import Foundation

/// Changes to files that no program of ours makes.
enum Edit {
  /// Puts other bytes into the same file: its inode stays, and so do its links.
  static func overwrite(_ path: String, with bytes: Data) throws {
    let mode = try mode(of: path)
    try set(mode | 0o600, of: path)
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try handle.truncate(atOffset: 0)
    try handle.write(contentsOf: bytes)
    try handle.close()
    try set(mode, of: path)
  }

  static func bytes(of path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  static func mode(of path: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0o644
  }

  static func set(_ mode: Int, of path: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
  }

  static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
  }

  /// Turns one bit over.
  static func flip(_ path: String, bit: Int) throws {
    var bytes = try bytes(of: path)
    bytes[(bit / 8) % bytes.count] ^= 1 << UInt8(bit % 8)
    try overwrite(path, with: bytes)
  }

  /// Does `body` and gives the file its former time again.
  static func keepingTime(of path: String, _ body: () throws -> Void) throws {
    let time = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    try body()
    try FileManager.default.setAttributes(
      [.modificationDate: time as Any], ofItemAtPath: path)
  }
}
