import Foundation

/// Real data and reference answers that lie beside a checkout but are not part of the repository.
///
/// Tests that read them are skipped, and say so, where the folder is absent:
///
///     @Test(.enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
public enum SharedData {
  /// The folder `shared` next to the repository.
  public static let root: String = RepositoryRoot.path + "/../shared"

  public static var isPresent: Bool { FileManager.default.fileExists(atPath: root + "/reference") }

  public static func path(_ relative: String) -> String { root + "/" + relative }

  /// A JSON document of the folder, as Foundation's dictionaries and arrays.
  public static func json(_ relative: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(contentsOf: URL(fileURLWithPath: path(relative))))
  }
}

/// Where the repository lies, found from this file's own place in it.
public enum RepositoryRoot {
  public static let path: String = {
    var url = URL(fileURLWithPath: #filePath)
    while url.path != "/" {
      url.deleteLastPathComponent()
      if FileManager.default.fileExists(atPath: url.path + "/Package.swift") { return url.path }
    }
    return FileManager.default.currentDirectoryPath
  }()

  /// All files below a folder, by path relative to it, in order.
  public static func files(below folder: String) -> [String] {
    let all = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return all.filter { name in
      let attributes = try? FileManager.default.attributesOfItem(atPath: folder + "/" + name)
      return attributes?[.type] as? FileAttributeType != .typeDirectory
    }.sorted()
  }
}
