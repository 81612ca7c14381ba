/// Parts of a path, by its bytes.
///
/// Foundation's `deletingLastPathComponent` ends the program for a path of one letter.
enum PathParts {
  private static let slash = UInt8(ascii: "/")

  /// The folder that a path lies in: empty for a bare name, `/` for a name at the root.
  static func folder(of path: String) -> String {
    let bytes = Array(path.utf8)
    guard let end = bytes.lastIndex(of: slash) else { return "" }
    return end == 0 ? "/" : String(decoding: bytes[..<end], as: UTF8.self)
  }

  /// What follows the last slash.
  static func name(of path: String) -> String {
    let bytes = Array(path.utf8)
    let start = bytes.lastIndex(of: slash).map { $0 + 1 } ?? 0
    return String(decoding: bytes[start...], as: UTF8.self)
  }
}
