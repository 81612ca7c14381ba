internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// A program that is started, fed, read to its end and gone.
public struct FreshProcess: Sendable {
  /// 0 when all went well, the exit code, or 128 plus the number of the signal that ended it.
  public let status: Int32
  public let output: String
  public let errors: String
  /// From before its start until after its end.
  public let wallSeconds: Double

  public var isSuccess: Bool { status == 0 }

  /// Runs a program by path, or by name where it has no slash; nil where it cannot be started.
  ///
  /// `input` is a file and not a pipe, so that a program may end without reading it.
  public static func run(
    _ program: String, _ arguments: [String], input: String = "/dev/null", in folder: String? = nil,
    setting variables: [(name: String, value: String)] = []
  ) async -> FreshProcess? {
    let start = ContinuousClock.now
    var options = PlatformOptions()
    options.teardownSequence = [.send(signal: .terminate, allowedDurationToNextStep: .seconds(3))]
    var environment: [Environment.Key: String?] = [:]
    for one in variables {
      if let key = Environment.Key(rawValue: one.name) { environment[key] = one.value }
    }
    guard let file = try? FileDescriptor.open(FilePath(input), .readOnly) else { return nil }
    let result = try? await Subprocess.run(
      program.contains("/") ? .path(FilePath(program)) : .name(program),
      arguments: Arguments(arguments), environment: .inherit.updating(environment),
      workingDirectory: folder.map { FilePath($0) },
      platformOptions: options, input: .fileDescriptor(file, closeAfterSpawningProcess: true),
      output: .string(limit: 1 << 24),
      error: .string(limit: 1 << 24))
    guard let result else { return nil }
    let wall = (ContinuousClock.now - start).components
    return FreshProcess(
      status: code(result.terminationStatus), output: result.standardOutput,
      errors: result.standardError,
      wallSeconds: Double(wall.seconds) + Double(wall.attoseconds) * 1e-18)
  }

  private static func code(_ status: TerminationStatus) -> Int32 {
    switch status {
    case .exited(let code): Int32(code)
    case .signaled(let number): 128 + Int32(number)
    }
  }
}
