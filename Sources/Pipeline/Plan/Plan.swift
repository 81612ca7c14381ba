/// What a manifest asks for, checked: steps in an order in which each follows its inputs.
///
/// An experiment without a sweep has one case. In a sweep a step stands here once for each
/// combination of the axes that it depends on, by itself or through its inputs, so cases share what
/// is equal for them.
public struct Plan: Sendable {
  public let manifest: Manifest
  /// Producers before consumers; among those that could come next, the manifest's order.
  public let steps: [PlannedStep]
  /// In the sweep's order.
  public let cases: [PlannedCase]
  /// The names of the manifest's steps, in an order in which each follows its inputs.
  public let stepNames: [String]

  public var isSweep: Bool { manifest.sweep != nil }

  public func hasStep(_ name: String) -> Bool { stepNames.contains(name) }

  /// The indices of all steps of this name and of all that they need; nil if there is none.
  public func ancestry(of name: String) -> Set<Int>? {
    var wanted = Set(steps.indices.filter { steps[$0].name == name })
    guard let last = wanted.max() else { return nil }
    for i in (0...last).reversed() where wanted.contains(i) {
      wanted.formUnion(steps[i].inputs.map(\.producer))
    }
    return wanted
  }

  /// The plan of some of the cases only, and of the steps that these need.
  public func restricted(to isWanted: (PlannedCase) -> Bool) -> Plan {
    let kept = cases.filter(isWanted)
    let indices = Set(kept.flatMap(\.steps)).sorted()
    let place = Dictionary(uniqueKeysWithValues: indices.enumerated().map { ($1, $0) })
    let newCases = kept.map { one in
      PlannedCase(
        name: one.name, coordinates: one.coordinates, replicate: one.replicate,
        steps: one.steps.compactMap { place[$0] })
    }
    var members = [[Int]](repeating: [], count: indices.count)
    for (i, one) in newCases.enumerated() { for step in one.steps { members[step].append(i) } }
    let newSteps = indices.enumerated().map { i, old in
      steps[old].moved(cases: members[i]) { place[$0] ?? $0 }
    }
    return Plan(manifest: manifest, steps: newSteps, cases: newCases, stepNames: stepNames)
  }
}

/// One combination of the values of a sweep's axes; the only one of an experiment without a sweep.
public struct PlannedCase: Sendable {
  /// Empty without a sweep.
  public let name: String
  public let coordinates: [(name: String, value: Value)]
  public let replicate: Int
  /// The indices of its steps in the plan, in the order of `Plan.stepNames`.
  public let steps: [Int]

  /// Where its artifacts lie, relative to the experiment's folder: empty, or `cases/<name>/`.
  var folder: String { name.isEmpty ? "" : "cases/\(name)/" }
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
  /// The coordinates that it depends on, as `corrupt_share=0.1`; empty where there are none.
  public let caseName: String
  public let stage: StageDescription
  /// Fully explicit; files as absolute paths.
  public let parameters: Value
  /// The files among the parameters, by path, with their digests.
  public let files: [String: Digest]
  public let seed: UInt64
  public let inputs: [Input]
  /// Further attempts after a failure.
  public let retries: Int
  /// The indices of the cases that it is part of.
  public let cases: [Int]
  /// Whether it belongs to the experiment as a whole and not to its cases.
  let isOnceForAll: Bool

  /// Its name with the coordinates, where there are some: `traffic[corrupt_share=0.1]`.
  public var label: String { caseName.isEmpty ? name : "\(name)[\(caseName)]" }

  /// The parameters as the key and the artifact hold them: files by digest, never by path, and
  /// nothing that cannot change a result.
  public var parametersByContent: Value {
    files.isEmpty && stage.hasKeyParametersOnly
      ? parameters : stage.byContent(parameters, files)
  }

  func moved(cases: [Int], _ place: (Int) -> Int) -> PlannedStep {
    PlannedStep(
      name: name, caseName: caseName, stage: stage, parameters: parameters, files: files,
      seed: seed,
      inputs: inputs.map { Input(slot: $0.slot, producer: place($0.producer), output: $0.output) },
      retries: retries, cases: cases, isOnceForAll: isOnceForAll)
  }
}

extension StageDescription {
  var hasKeyParametersOnly: Bool { parameterFields.allSatisfy(\.isInKey) }

  /// Parameters with each file replaced by its digest, without those that are no part of keys.
  func byContent(_ parameters: Value, _ digests: [String: Digest]) -> Value {
    var members = parameters.members
    for field in parameterFields {
      guard field.isInKey else {
        members[field.name] = nil
        continue
      }
      switch (field.shape, members[field.name]) {
      case (.file, .string(let path)?):
        if let digest = digests[path] { members[field.name] = Self.content(digest) }
      case (.list(of: .file, _), .list(let paths)?):
        members[field.name] = .list(
          paths.map { path in path.text.flatMap { digests[$0] }.map(Self.content) ?? path })
      default: break
      }
    }
    return .object(members)
  }

  private static func content(_ digest: Digest) -> Value {
    .object(["sha256": .string(digest.hex)])
  }

  /// The paths of all files among the parameters.
  func files(in parameters: Value) -> [(parameter: String, path: String)] {
    parameterFields.flatMap { field -> [(parameter: String, path: String)] in
      switch (field.shape, parameters[field.name]) {
      case (.file, .string(let path)?) where !path.isEmpty: [(field.name, path)]
      case (.list(of: .file, _), .list(let paths)?):
        paths.compactMap { $0.text.map { (field.name, $0) } }
      default: []
      }
    }
  }
}
