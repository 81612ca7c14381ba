import ArgumentParser
import Benchmark
import Foundation
import Pipeline

/// The exit codes that scripts may rely on; README.md lists them.
enum ExitStatus {
  static let internalError: Int32 = 1
  static let claimFailed: Int32 = 4
  static let notComparable: Int32 = 3
  static let noBaseline: Int32 = 6
  static let usage: Int32 = 64
  static let damagedInput: Int32 = 65
  static let stageFailed: Int32 = 70
  static let lockTimedOut: Int32 = 75
}

/// An error that has a message for the user and an exit code.
protocol ExitError: Error {
  var message: String { get }
  var code: Int32 { get }
}

/// A refusal with its exit code.
struct Failure: ExitError {
  let message: String
  let code: Int32

  /// What the library's errors mean to a user; nil for errors that ArgumentParser explains.
  static func translated(_ error: any Error) -> ExitCode? {
    let (message, code): (String, Int32)
    switch error {
    case let error as ManifestError: (message, code) = (error.description, ExitStatus.usage)
    case let error as DataError: (message, code) = (error.description, ExitStatus.damagedInput)
    case let error as FileError: (message, code) = (error.description, ExitStatus.stageFailed)
    case let error as BenchError: (message, code) = (error.description, error.exitCode)
    case is CleanExit, is ValidationError, is ExitCode: return nil
    default:
      guard String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") else {
        Console.complain("internal error: \(error)")
        return ExitCode(ExitStatus.internalError)
      }
      return nil
    }
    Console.complain(message)
    return ExitCode(code)
  }
}

extension StepFailure {
  /// The exit code of a run that this failure ended.
  var exitCode: Int32 {
    switch kind {
    case .data: ExitStatus.damagedInput
    case .lock: ExitStatus.lockTimedOut
    case .stage, .disk, .cancelled: ExitStatus.stageFailed
    }
  }
}

extension BenchError {
  /// The exit code of a measurement that could not be made.
  var exitCode: Int32 {
    switch self {
    case .unknownStep, .noSteps, .revision: ExitStatus.usage
    case .failedStep, .cannotStart, .notMeasurable: ExitStatus.stageFailed
    case .resultVaries: ExitStatus.notComparable
    }
  }
}
