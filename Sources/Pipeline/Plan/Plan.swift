/// What a manifest asks for, checked: steps in an order in which each follows its inputs.
public struct Plan: Sendable {
  public let manifest: Manifest
  /// Producers before consumers; among those that could come next, the manifest's order.
  public let steps: [PlannedStep]

  public func step(_ name: String) -> PlannedStep? {
    steps.first { $0.name == name }
  }

  /// The indices of a step and of all that it needs.
  public func ancestry(of name: String) -> Set<Int>? {
    guard let target = steps.firstIndex(where: { $0.name == name }) else { return nil }
    var wanted: Set<Int> = [target]
    for i in (0...target).reversed() where wanted.contains(i) {
      wanted.formUnion(steps[i].inputs.map(\.producer))
    }
    return wanted
  }
}

/// One execution of a stage that a plan foresees.
public struct PlannedStep: Sendable {
  /// An artifact of an earlier step, plugged into a slot.
  public struct Input: Sendable, Equatable {
    public let slot: String
    /// The index of the producing step in the plan.
    public let producer: Int
    public let output: String
  }

  public let name: String
  public let stage: StageDescription
  /// Fully explicit; files as absolute paths.
  public let parameters: Value
  /// The files among the parameters, by parameter, with their digests.
  public let files: [String: Digest]
  public let seed: UInt64
  public let inputs: [Input]

  /// The parameters as the key and the artifact hold them: files by digest, never by path.
  public var parametersByContent: Value {
    var members = parameters.members
    for (name, digest) in files { members[name] = .object(["sha256": .string(digest.hex)]) }
    return .object(members)
  }
}
