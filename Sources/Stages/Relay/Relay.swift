public import Pipeline

/// Writes a column of numbers made from the column before it: a step of known size that computes
/// next to nothing, by which the engine itself is measured.
public struct Relay: Stage {
  public static let name = "relay"
  public static let revision = 1
  public static let summary = "hands on a column of numbers; measures the engine, not a stage"
  public static let isRandom = false
  static let upstream = InputSlot(
    "upstream", RelayArtifact.self, isRequired: false, "the column that is handed on")
  public static let inputs = [upstream]
  public static let outputs = [OutputPort.main(RelayArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    var values = (0..<parameters.rows).map(Double.init)
    if let before = try inputs.openIfGiven(Self.upstream) {
      values = try before.read(RelayArtifact.value)
    }
    for i in values.indices { values[i] += parameters.shift }
    try context.progress(0.5, "shifted")
    try outputs.main.write(RelayArtifact.value, values)
    try outputs.main.write(RelayArtifact.total, values.reduce(0, +))
  }
}
