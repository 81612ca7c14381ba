/// What a result depends on, all of it: two steps with equal documents have equal outputs.
///
/// File names, times, step names, hosts, threads, comments and unused parameters are not in it.
public struct StepKey: Sendable, Equatable {
  /// Grows when the document's own form changes.
  static let format: Int64 = 1

  /// The canonical document, kept beside the result so that `why` can compare two of them.
  public let document: Value
  /// SHA-256 of the document's canonical JSON.
  public let digest: Digest

  /// Makes the key of a step.
  ///
  /// `libraries` are the versions of compiler, HDF5 and GSL; `inputs` are content digests by slot.
  public init(_ step: PlannedStep, libraries: [String: String], inputs: [String: Digest]) {
    document = Self.document(
      stage: step.stage.name, revision: step.stage.revision, code: step.stage.codeFingerprint,
      libraries: libraries, parameters: step.parametersByContent,
      seed: step.stage.isRandom ? String(step.seed) : nil,
      inputs: inputs.mapValues { .string($0.hex) })
    digest = Digest(of: document.canonicalJSON)
  }

  static func document(
    stage: String, revision: Int, code: String, libraries: [String: String], parameters: Value,
    seed: String?, inputs: [String: Value]
  ) -> Value {
    .object([
      "format": .int(format),
      "stage": .string(stage),
      "revision": .int(Int64(revision)),
      "code": .string(code),
      "libraries": .object(libraries.mapValues(Value.string)),
      "parameters": parameters,
      "seed": seed.map(Value.string) ?? .null,
      "inputs": .object(inputs),
    ])
  }
}
