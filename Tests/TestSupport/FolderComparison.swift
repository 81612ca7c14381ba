import Foundation

/// Compares two result folders byte by byte.
public enum FolderComparison {
  /// What a run may never repeat exactly: times and statuses; all else must be equal.
  public static let recordNames: Set<String> = ["run.json", "resources.md", "log.txt"]

  /// One line per difference; none if the folders hold the same files with the same bytes.
  public static func differences(_ a: String, _ b: String) -> [String] {
    let (left, right) = (names(a), names(b))
    if left.isEmpty, right.isEmpty { return ["both folders are empty: nothing was compared"] }
    var lines = Set(left).symmetricDifference(right).sorted().map { "\($0): in one folder only" }
    for name in left where right.contains(name) {
      let first = FileManager.default.contents(atPath: a + "/" + name)
      if first == nil || first != FileManager.default.contents(atPath: b + "/" + name) {
        lines.append("\(name): other bytes")
      }
    }
    return lines
  }

  private static func names(_ folder: String) -> [String] {
    RepositoryRoot.files(below: folder).filter { name in
      !name.hasPrefix(".") && !recordNames.contains((name as NSString).lastPathComponent)
    }
  }
}
