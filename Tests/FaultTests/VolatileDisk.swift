import Foundation

/// What a journal of calls leaves open to loss: data that no `fsync` followed, and names in folders
/// that were not flushed since.
///
/// This is what POSIX promises, which is less than any one file system keeps.
struct VolatileDisk {
  private var dirty: Set<String> = []
  private var unflushed: Set<String> = []

  /// Files whose data may be lost.
  var files: [String] { dirty.sorted() }
  /// Names of files and folders that may be gone.
  var names: [String] { unflushed.sorted() }

  init(journal path: String) throws {
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    for line in lines {
      let words = line.split(separator: "\t").map(String.init)
      guard words.count > 1 else { continue }
      replay(words[0], words[1], words.last ?? "")
    }
    let files = FileManager.default
    dirty = dirty.filter(files.fileExists)
    unflushed = unflushed.filter(files.fileExists)
  }

  private mutating func replay(_ letter: String, _ path: String, _ target: String) {
    switch letter {
    case "C": unflushed.insert(path)
    case "W": dirty.insert(path)
    case "S": flush(path)
    case "R": move(path, to: target)
    case "L":
      unflushed.insert(target)
      if dirty.contains(path) { dirty.insert(target) }
    default: forget(path)
    }
  }

  private mutating func flush(_ path: String) {
    dirty.remove(path)
    unflushed = unflushed.filter { ($0 as NSString).deletingLastPathComponent != path }
  }

  private mutating func move(_ from: String, to target: String) {
    forget(target)
    dirty = Self.renamed(dirty, from, target)
    unflushed = Self.renamed(unflushed, from, target)
    unflushed.insert(target)
  }

  private static func renamed(_ names: Set<String>, _ from: String, _ to: String) -> Set<String> {
    Set(names.map { $0 == from || $0.hasPrefix(from + "/") ? to + $0.dropFirst(from.count) : $0 })
  }

  private mutating func forget(_ path: String) {
    dirty = dirty.filter { $0 != path && !$0.hasPrefix(path + "/") }
    unflushed = unflushed.filter { $0 != path && !$0.hasPrefix(path + "/") }
  }
}
