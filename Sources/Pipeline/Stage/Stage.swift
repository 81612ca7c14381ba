/// One step of an experiment: a pure function of its parameters, inputs and seed.
///
/// A stage never opens a file other than its inputs, never reads a clock, and draws random numbers
/// from streams named after its seed only: equal arguments give equal outputs, and the store may
/// keep them. CONTRIBUTING.md shows a whole stage.
public protocol Stage: Sendable {
  associatedtype Parameters: StageParameters

  /// The word that manifests write after `uses:`.
  static var name: String { get }

  /// Grows whenever parameters or outputs change their meaning; `uses: name@2` demands it.
  static var revision: Int { get }

  /// One sentence for `list` and `show`.
  static var summary: String { get }

  /// The upstream artifacts that it reads.
  static var inputs: [InputSlot] { get }

  /// Whether a manifest may plug any artifact into a slot of any name.
  static var takesAnyInput: Bool { get }

  /// What it writes; the first is the main one.
  static var outputs: [OutputPort] { get }

  /// Whether it draws random numbers; where it does not, the seed is no part of the key.
  static var isRandom: Bool { get }

  /// Creates the stage, or says which combination of parameters cannot be used and why.
  init(_ parameters: Parameters) throws(ParameterError)

  /// Computes the outputs; throws `CancellationError`, a `DataError` for damaged input, or its own.
  func run(_ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext) async throws

  /// Writes the report's section from the artifacts alone.
  static func report(_ results: StageResults, into section: inout ReportSection) throws
}

extension Stage {
  public static var inputs: [InputSlot] { [] }
  public static var takesAnyInput: Bool { false }
  public static var isRandom: Bool { true }
}

/// A place of a stage where an upstream artifact is plugged in.
public struct InputSlot: Sendable, Equatable {
  public let name: String
  /// Any of these schemas fits.
  public let schemas: [ArtifactSchema]
  public let isRequired: Bool
  public let summary: String

  /// A slot that takes one kind of artifact.
  public init(_ name: String, _ artifact: any Artifact.Type, _ summary: String) {
    self.init(name, artifact, isRequired: true, summary)
  }

  /// A slot that takes any of several kinds of artifact.
  public init(
    _ name: String, _ artifacts: any Artifact.Type..., isRequired: Bool = true, _ summary: String
  ) {
    self.name = name
    self.schemas = artifacts.map { $0.schema }
    self.isRequired = isRequired
    self.summary = summary
  }
}

/// A named output of a stage: a file of its own.
public struct OutputPort: Sendable, Equatable {
  /// `main`, or the word after the point in `in: {truth: population.truth}`.
  public let name: String
  public let schema: ArtifactSchema
  /// Whether a program of the user's writes the file: then the schema says nothing of what is in it.
  public var isForeign: Bool { schema == .foreign }

  /// The main output, written by a program of the user's.
  public static let foreign = OutputPort(name: "main", schema: .foreign)

  public static func main(_ artifact: any Artifact.Type) -> OutputPort {
    OutputPort(name: "main", schema: artifact.schema)
  }

  public static func named(_ name: String, _ artifact: any Artifact.Type) -> OutputPort {
    OutputPort(name: name, schema: artifact.schema)
  }
}
