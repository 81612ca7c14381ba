/// The upstream artifacts of a step, opened when the stage asks for them.
public struct StageInputs: Sendable {
  /// Slot name to file.
  package let paths: [String: String]

  /// - Parameter paths: slot name to file.
  public init(paths: [String: String]) {
    self.paths = paths
  }

  /// Opens what is plugged into a required slot.
  public func open(_ slot: InputSlot) throws(DataError) -> ArtifactReader {
    guard let path = paths[slot.name] else {
      preconditionFailure("the planner let a step through without its input \(slot.name)")
    }
    return try ArtifactReader(opening: path)
  }

  /// Opens what is plugged into an optional slot, if anything is.
  public func openIfGiven(_ slot: InputSlot) throws(DataError) -> ArtifactReader? {
    guard let path = paths[slot.name] else { return nil }
    return try ArtifactReader(opening: path)
  }
}

/// The files that a step writes.
public struct StageOutputs {
  private let writers: [String: ArtifactWriter]
  /// Where a program of the user's puts its file.
  package let foreignPath: String

  init(writers: [String: ArtifactWriter], foreignPath: String = "") {
    self.writers = writers
    self.foreignPath = foreignPath
  }

  /// The main output.
  public var main: ArtifactWriter { named("main") }

  /// A further output that the stage declares.
  public func named(_ name: String) -> ArtifactWriter {
    guard let writer = writers[name] else { preconditionFailure("no output is called \(name)") }
    return writer
  }
}

/// What a report's section is made from: the step's own artifacts and its parameters.
public struct StageResults: Sendable {
  private let paths: [String: String]
  /// Fully explicit, as they stand in the step's key.
  public let parameters: Value

  public init(paths: [String: String], parameters: Value) {
    self.paths = paths
    self.parameters = parameters
  }

  public var main: ArtifactReader {
    get throws(DataError) { try named("main") }
  }

  public func named(_ output: String) throws(DataError) -> ArtifactReader {
    guard let path = paths[output] else { preconditionFailure("no output is called \(output)") }
    return try ArtifactReader(opening: path)
  }
}
