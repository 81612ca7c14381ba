import Foundation
import Pipeline

/// A folder beside the results that is removed when the work is done.
enum Scratch {
  static func use<R>(in root: String, _ body: (String) async throws -> R) async throws -> R {
    let folder = try ScratchFolder(for: root + "/.kcpipe/scratch")
    let result = try await body(folder.path)
    withExtendedLifetime(folder) {}
    return result
  }
}
