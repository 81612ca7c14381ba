/// Why nothing could be measured.
public enum BenchError: Error, Sendable, Equatable, CustomStringConvertible {
  case unknownStep(String, nearest: String?)
  case noSteps
  case failedStep(String, message: String)
  case cannotStart(program: String)
  /// A program that has no `sample` command, or ended without a report.
  case notMeasurable(program: String, message: String)
  /// The step gives another result each time, so no two samples are the same work.
  case resultVaries(step: String, program: String)
  case revision(String, message: String)

  public var description: String {
    switch self {
    case .unknownStep(let step, let nearest):
      "--step \(step): not a step of this manifest."
        + (nearest.map { " Did you mean '\($0)'?" } ?? "")
    case .noSteps: "the manifest has no steps to measure"
    case .failedStep(let step, let message): "\(step): \(message)"
    case .cannotStart(let program): "\(program): cannot be started"
    case .notMeasurable(let program, let message): "\(program): cannot be measured: \(message)"
    case .resultVaries(let step, let program):
      "\(step): the result of \(program) varies from sample to sample, so there is nothing to compare"
    case .revision(let revision, let message): "\(revision): \(message)"
    }
  }
}
