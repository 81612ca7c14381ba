import Foundation

/// A program that is watched, and perhaps ended, while it runs; `Program.run` is for those that are
/// only waited for.
///
/// It leads a process group of its own, so that it can be ended together with its children. What it
/// says goes to files: a pipe would stay open as long as an orphan holds it.
public struct ChildProcess: Sendable {
  private let process: Process
  private let said: String

  public struct Hanging: Error, CustomStringConvertible {
    let words: String
    public var description: String { "still running after \(ChildProcess.secondsMax) s: \(words)" }
  }

  /// After this a process hangs, however slow the machine is.
  public static let secondsMax = 120.0

  public init(
    _ arguments: [String], executable: String = Program.executable, in folder: String,
    environment: [String: String] = [:]
  ) throws {
    process = Process()
    said = NSTemporaryDirectory() + "kcpipe said \(UUID().uuidString)"
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    let files = [try Self.file(said + ".out"), try Self.file(said + ".err")]
    process.standardOutput = files[0]
    process.standardError = files[1]
    try process.run()
    // Kept by the process, they would stay open here: thousands of them in a long suite.
    for file in files { try file.close() }
  }

  private static func file(_ path: String) throws -> FileHandle {
    try Data().write(to: URL(fileURLWithPath: path))
    return try FileHandle(forWritingTo: URL(fileURLWithPath: path))
  }

  public var pid: Int32 { process.processIdentifier }
  public var isRunning: Bool { process.isRunning }

  /// Ends the process alone; its children are told nothing.
  public func kill() { Foundation.kill(pid, SIGKILL) }

  /// Ends the process and all its children at once.
  public func killGroup() { Foundation.kill(-pid, SIGKILL) }

  /// Waits for the end and takes what was said.
  public func wait() throws -> Program.Result {
    let deadline = Date(timeIntervalSinceNow: Self.secondsMax)
    while process.isRunning {
      guard Date() < deadline else {
        killGroup()
        throw Hanging(words: text(".err"))
      }
      usleep(1000)
    }
    let signal = process.terminationReason == .uncaughtSignal ? Int32(128) : 0
    defer { forget() }
    return Program.Result(
      status: process.terminationStatus + signal, output: text(".out"), errors: text(".err"))
  }

  private func forget() {
    for end in [".out", ".err"] { try? FileManager.default.removeItem(atPath: said + end) }
  }

  /// What the process has complained of so far.
  public var errors: String { text(".err") }

  private func text(_ end: String) -> String {
    String(decoding: FileManager.default.contents(atPath: said + end) ?? Data(), as: UTF8.self)
  }
}
