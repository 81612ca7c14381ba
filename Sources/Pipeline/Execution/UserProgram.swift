import Foundation
internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// A program of the user's, run in a process group of its own with limits on time and memory.
package struct UserProgram: Sendable {
  /// The program and its arguments.
  package let command: [String]
  package let folder: String
  /// Its standard output and error go to this file.
  package let log: String
  package let secondsMax: Double
  /// Of address space; 0 for no limit.
  package let bytesMax: Int

  package init(
    command: [String], folder: String, log: String, secondsMax: Double, bytesMax: Int
  ) {
    self.command = command
    self.folder = folder
    self.log = log
    self.secondsMax = secondsMax
    self.bytesMax = bytesMax
  }

  /// Runs the program to its end.
  ///
  /// - Throws: a `StepFailure` that tells how it ended, with its last words.
  package func run() async throws {
    let output = try FileDescriptor.open(
      FilePath(log), .writeOnly, options: [.create, .truncate, .closeOnExec],
      permissions: FilePermissions(rawValue: 0o644))
    defer { try? output.close() }
    let ending = try await withThrowingTaskGroup(of: TerminationStatus?.self) { group in
      group.addTask { try await start(output) }
      group.addTask {
        try await Task.sleep(for: .seconds(secondsMax))
        return nil
      }
      let first = try await group.next() ?? nil
      group.cancelAll()
      return first
    }
    guard let ending else {
      throw failure("the program was ended after its time limit of \(Format.seconds(secondsMax))")
    }
    switch ending {
    case .exited(0): return
    case .exited(let code): throw failure("the program ended with code \(code)")
    case .signaled(let number): throw failure("the program was ended by signal \(number)")
    }
  }

  private func start(_ output: FileDescriptor) async throws -> TerminationStatus {
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: .seconds(2))
    ]
    let limited = bytesMax == 0 ? command : Self.limiting(bytesMax) + command
    do {
      let result = try await Subprocess.run(
        limited[0].contains("/") ? .path(FilePath(limited[0])) : .name(limited[0]),
        arguments: Arguments(Array(limited.dropFirst())), workingDirectory: FilePath(folder),
        platformOptions: options,
        output: .fileDescriptor(output, closeAfterSpawningProcess: false),
        error: .fileDescriptor(output, closeAfterSpawningProcess: false))
      return result.terminationStatus
    } catch let error as SubprocessError {
      try Task.checkCancellation()
      throw StepFailure(.stage, "the program '\(command[0])' cannot be started: \(error)")
    }
  }

  /// A shell that lowers its limit and becomes the program.
  private static func limiting(_ bytes: Int) -> [String] {
    ["/bin/sh", "-c", "ulimit -v \(bytes / 1024); exec \"$@\"", "sh"]
  }

  private func failure(_ ending: String) -> StepFailure {
    let words = (FileManager.default.contents(atPath: log)).map {
      String(decoding: $0.suffix(2000), as: UTF8.self)
    }?.trimmingCharacters(in: .whitespacesAndNewlines)
    let tail = words.flatMap { $0.isEmpty ? nil : "; its last words:\n\($0)" } ?? ""
    return StepFailure(.stage, "\(ending) (all it said is in \(log))\(tail)")
  }
}
