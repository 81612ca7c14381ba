import Foundation
import Pipeline

/// A folder beside the results that is removed when the work is done.
enum Scratch {
  static func use<R>(in root: String, _ body: (String) async throws -> R) async throws -> R {
    let files = LocalFileSystem()
    let path = TemporaryName.make(for: root + "/.kcpipe/scratch")
    try files.makeFolder(path)
    do {
      let result = try await body(path)
      try files.remove(path)
      return result
    } catch {
      try? files.remove(path)
      throw error
    }
  }
}
