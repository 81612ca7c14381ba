/// A step as it is handed to a worker: everything that it needs, in plain values.
struct StepJob: Sendable, Codable {
  let step: String
  let stage: String
  let key: Digest
  let keyDocument: Value
  /// With absolute paths of files.
  let parameters: Value
  /// As the artifact names them: files by digest.
  let parametersByContent: Value
  let seed: UInt64
  /// Slot to file in the store.
  let inputs: [String: String]
  let storeRoot: String
  let threads: Int
  /// Recompute even where the store has a result.
  let isForced: Bool
  let lockPatience: Double
  /// A word about the run, for others that wait for this step.
  let owner: String
  /// Where a program that is run as a stage has its own words kept.
  let outputLog: String
}

/// What a worker says while it works and at the end, one JSON object a line.
enum WorkerEvent: Sendable, Codable {
  /// The job has been read; what happens from now on is the step's own.
  case accepted
  /// Said by the engine itself: the worker died before it had read the job.
  case unreached(String)
  case progress(share: Double, note: String)
  case waiting(for: String)
  /// The step's result is in the store; `isNew` unless another run had made it meanwhile.
  case finished(isNew: Bool)
  case failed(StepFailure)
}

/// Why a step has no result.
public struct StepFailure: Error, Sendable, Equatable, Codable {
  public enum Kind: String, Sendable, Codable {
    /// An input is damaged or foreign.
    case data
    /// The stage itself failed, or its process died.
    case stage
    /// The disk failed, or is full or read-only.
    case disk
    /// Another run held the step's lock for too long.
    case lock
    case cancelled
  }

  public let kind: Kind
  public let message: String

  public init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }
}
