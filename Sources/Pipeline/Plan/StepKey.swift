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
    let seed: Value = step.stage.isRandom ? .string(String(step.seed)) : .null
    document = .object([
      "format": .int(Self.format),
      "stage": .string(step.stage.name),
      "revision": .int(Int64(step.stage.revision)),
      "code": .string(step.stage.codeFingerprint),
      "libraries": .object(libraries.mapValues(Value.string)),
      "parameters": step.parametersByContent,
      "seed": seed,
      "inputs": .object(inputs.mapValues { .string($0.hex) }),
    ])
    digest = Digest(of: document.canonicalJSON)
  }
}
