import Benchmark
import Foundation
import Pipeline

/// What stands after `--against`: another program that is measured in turn, or a record.
struct Opponent {
  var program: BenchProgram?
  var record: BenchRecord?

  /// A record or baseline, else an executable file, else a revision of git.
  static func find(_ word: String?, outputsRoot: String) async throws -> Opponent {
    guard let word else { return Opponent() }
    if isProgram(word) {
      return Opponent(program: BenchProgram(name: word, executable: path(word)))
    }
    if let record = try BaselineFolder().find(word) { return Opponent(record: record) }
    let build = RevisionBuild(
      repository: FileManager.default.currentDirectoryPath,
      folder: outputsRoot + "/.kcpipe/bench/revisions")
    try LocalFileSystem().makeFolder(outputsRoot + "/.kcpipe/bench/revisions")
    let executable = try await build.executable(of: word) { Console.complain($0) }
    return Opponent(program: BenchProgram(name: word, executable: executable))
  }

  private static func isProgram(_ word: String) -> Bool {
    let status = LocalFileSystem().status(of: word)
    return status?.isFolder == false && FileManager.default.isExecutableFile(atPath: word)
  }

  private static func path(_ word: String) -> String {
    word.hasPrefix("/") ? word : FileManager.default.currentDirectoryPath + "/" + word
  }
}
