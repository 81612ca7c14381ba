import Foundation

/// The built `kcpipe`, run as its users run it.
public struct Program: Sendable {
  public struct Result: Sendable {
    /// The exit code, or 128 plus the signal's number.
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// The environment names the release build; else the one beside the tests is taken.
  public static let executable: String = {
    if let path = ProcessInfo.processInfo.environment["KCPIPE_EXECUTABLE"] { return path }
    for configuration in ["release", "debug"] {
      let path = RepositoryRoot.path + "/.build/\(configuration)/kcpipe"
      if FileManager.default.isExecutableFile(atPath: path) { return path }
    }
    return "kcpipe"
  }()

  public static func run(
    _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:],
    interruptAfter seconds: Double? = nil
  ) throws -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardOutput = output
    process.standardError = errors
    process.standardInput = FileHandle.nullDevice
    try process.run()
    if let seconds {
      let pid = process.processIdentifier
      Thread {
        Thread.sleep(forTimeInterval: seconds)
        kill(pid, SIGINT)
      }.start()
    }
    let collected = Reader(errors)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let status =
      process.terminationStatus + (process.terminationReason == .uncaughtSignal ? 128 : 0)
    return Result(status: status, output: text, errors: collected.wait())
  }

  /// Empties a pipe on a thread of its own, so that neither pipe can fill up and block.
  private final class Reader: @unchecked Sendable {
    private var data = Data()
    private let done = DispatchSemaphore(value: 0)

    init(_ pipe: Pipe) {
      let handle = pipe.fileHandleForReading
      Thread {
        self.data = handle.readDataToEndOfFile()
        self.done.signal()
      }.start()
    }

    func wait() -> String {
      done.wait()
      return String(decoding: data, as: UTF8.self)
    }
  }
}
