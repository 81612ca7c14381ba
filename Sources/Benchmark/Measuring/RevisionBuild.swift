import Foundation
import Pipeline

/// A program built from a revision of this repository, in a folder of its own that is kept.
public struct RevisionBuild: Sendable {
  private let repository: String
  private let folder: String

  /// `repository`: the folder that holds Package.swift; `folder`: where builds are kept.
  public init(repository: String, folder: String) {
    self.repository = repository
    self.folder = folder
  }

  /// The executable of a revision, built if it was not built before.
  public func executable(
    of revision: String, progress: @Sendable (String) -> Void
  ) async throws(BenchError) -> String {
    let commit = try await commit(of: revision)
    let tree = "\(folder)/\(commit.prefix(12))"
    let executable = tree + "/.build/release/kcpipe"
    if FileManager.default.isExecutableFile(atPath: executable) { return executable }
    if !FileManager.default.fileExists(atPath: tree + "/Package.swift") {
      // A tree whose folder was removed by hand is still registered.
      _ = await FreshProcess.run("git", ["worktree", "prune"], in: repository)
      try await call(
        "git", ["worktree", "add", "--detach", tree, commit], revision, in: repository)
    }
    progress("building \(revision) (\(commit.prefix(12))); the first time takes minutes")
    // The revision's own recipe: a program that was linked in another way would be another program.
    try await call("make", ["build"], revision, in: tree)
    return executable
  }

  private func commit(of revision: String) async throws(BenchError) -> String {
    let question = ["rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}"]
    let reply = await FreshProcess.run("git", question, in: repository)
    guard let reply, reply.isSuccess else {
      throw .revision(
        revision, message: "neither a program, a record, a baseline nor a revision of git")
    }
    return reply.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private func call(
    _ program: String, _ arguments: [String], _ revision: String, in folder: String
  ) async throws(BenchError) {
    let process = await FreshProcess.run(program, arguments, in: folder)
    guard let process else { throw .cannotStart(program: program) }
    guard process.isSuccess else {
      let words = (process.errors + process.output).split(separator: "\n").suffix(5)
      let command = ([program] + arguments.prefix(2)).joined(separator: " ")
      throw .revision(revision, message: "\(command) failed: \(words.joined(separator: " / "))")
    }
  }
}
