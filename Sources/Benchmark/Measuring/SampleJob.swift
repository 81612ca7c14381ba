public import Pipeline

/// One step as it is handed to a fresh process that computes it once and is gone.
///
/// Inputs are files of a store, which are only read; the outputs are thrown away. The form is read
/// by the process of another build, so members are added to it and never change.
public struct SampleJob: Sendable, Codable {
  public let stage: String
  /// Fully explicit, with absolute paths of files.
  public let parameters: Value
  /// As text: JSON numbers do not hold 64 bits.
  public let seed: String
  /// Slot to file.
  public let inputs: [String: String]
  public let threads: Int
  /// Where the outputs are written before they are thrown away.
  public var folder = ""
  /// Whether the outputs are read back for their digests and scalars; a checksum is always given.
  ///
  /// They are read back where it is not said: a `bench` of an older version counts on it.
  public var isExamined: Bool?
  /// Further work on a processor, as a share of the step's own: a planted slowdown.
  public var burden: Double?

  public init(
    stage: String, parameters: Value, seed: UInt64, inputs: [String: String], threads: Int
  ) {
    self.stage = stage
    self.parameters = parameters
    self.seed = String(seed)
    self.inputs = inputs
    self.threads = threads
  }
}
