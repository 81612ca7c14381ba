/// The stages that manifests may name.
public struct StageCatalog: Sendable {
  public let stages: [StageDescription]

  public init(_ stages: [StageDescription]) {
    precondition(Set(stages.map(\.name)).count == stages.count, "two stages share a name")
    self.stages = stages
  }

  public subscript(_ name: String) -> StageDescription? {
    stages.first { $0.name == name }
  }
}

/// A stage whose type is known only from a manifest.
public final class StageDescription: Sendable {
  public let name: String
  public let revision: Int
  public let summary: String
  /// What may stand after `with:`; made when it is asked for, since a run asks for few of all stages.
  public var parameters: Shape { shape() }
  /// Every default.
  public var defaults: Value { defaultValue() }
  public let inputs: [InputSlot]
  public let takesAnyInput: Bool
  public let outputs: [OutputPort]
  public let isRandom: Bool
  /// Digest of the sources that can change its results; part of every key.
  public let codeFingerprint: String
  /// Digest of the sources that make its report section.
  public let reportFingerprint: String

  private let shape: @Sendable () -> Shape
  private let defaultValue: @Sendable () -> Value
  let check: @Sendable (Value) throws(ParameterError) -> Void
  let run: @Sendable (Value, StageInputs, StageOutputs, StageContext) async throws -> Void
  public let report: @Sendable (StageResults) throws -> ReportSection

  public init<S: Stage>(_ stage: S.Type, codeFingerprint: String, reportFingerprint: String) {
    name = S.name
    revision = S.revision
    summary = S.summary
    shape = { S.Parameters.shape }
    defaultValue = { S.Parameters().value }
    inputs = S.inputs
    takesAnyInput = S.takesAnyInput
    outputs = S.outputs
    isRandom = S.isRandom
    self.codeFingerprint = codeFingerprint
    self.reportFingerprint = reportFingerprint
    check = { value throws(ParameterError) in _ = try S(S.Parameters(checked: value)) }
    run = { value, inputs, outputs, context in
      try await S(S.Parameters(checked: value)).run(inputs, into: outputs, in: context)
    }
    report = { results in
      var section = ReportSection()
      try S.report(results, into: &section)
      return section
    }
  }

  /// The parameters as a list, for tables.
  public var parameterFields: [Shape.Field] {
    if case .record(let fields) = parameters { fields } else { [] }
  }

  public func output(_ name: String) -> OutputPort? {
    outputs.first { $0.name == name }
  }
}
