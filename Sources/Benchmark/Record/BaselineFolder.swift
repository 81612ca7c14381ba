import Foundation
public import Pipeline

/// Baselines: records that are kept under a name, each a small file that a review can show.
public struct BaselineFolder: Sendable {
  public let path: String
  private let files: any FileSystem

  public init(path: String = "baselines", files: any FileSystem = LocalFileSystem()) {
    self.path = path
    self.files = files
  }

  /// A word of letters, digits, points, hyphens and underscores that begins with none of the three.
  public static func isName(_ name: String) -> Bool {
    name.utf8.count <= 100 && name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil
  }

  public func file(_ name: String) -> String { "\(path)/\(name).json" }

  public func save(_ record: BenchRecord, as name: String) throws(FileError) {
    try files.makeFolder(path)
    try files.replace(file(name), with: Data(record.text.utf8), isDurable: true)
  }

  /// In order; empty if there is no folder.
  public func names() -> [String] {
    ((try? files.list(path)) ?? []).filter { $0.hasSuffix(".json") }.map { String($0.dropLast(5)) }
  }

  public func has(_ name: String) -> Bool {
    Self.isName(name) && files.status(of: file(name))?.isFolder == false
  }

  public func remove(_ name: String) throws(FileError) { try files.remove(file(name)) }

  /// A record by the path of its file, or by the name of a baseline; nil if there is neither.
  public func find(_ word: String) throws -> BenchRecord? {
    let place = files.status(of: word)?.isFolder == false ? word : has(word) ? file(word) : nil
    guard let place else { return nil }
    return try BenchRecord(files.read(place), file: (place as NSString).lastPathComponent)
  }
}
