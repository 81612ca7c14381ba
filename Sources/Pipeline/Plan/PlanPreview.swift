/// What a run of a plan would do, step by step, found out without doing it.
public struct PlanPreview: Sendable {
  public struct Line: Sendable {
    public enum Action: String, Sendable {
      /// In the store and in the run folder.
      case cached
      /// In the store only.
      case restore
      case run
    }

    public let step: String
    public let stage: String
    public let action: Action
    public let reason: String
    /// Nil where it depends on an input that is not made yet.
    public let key: Digest?
    /// What is different in the key since the last run in this folder.
    public var changes: [ValueDifference] = []
  }

  public let lines: [Line]

  public init(_ plan: Plan, engine: Engine, folder: RunFolder, isForced: Bool = false) {
    var lines: [Line] = []
    var seals: [Int: Seal] = [:]
    let last = folder.record
    for (i, step) in plan.steps.enumerated() {
      let missing = step.inputs.filter { seals[$0.producer] == nil }
      guard missing.isEmpty else {
        let names = missing.map { plan.steps[$0.producer].name }.reduce(into: [String]()) {
          if !$0.contains($1) { $0.append($1) }
        }
        lines.append(
          Line(
            step: step.name, stage: step.stage.name, action: .run,
            reason: "its input \(names.joined(separator: ", ")) is made first", key: nil))
        continue
      }
      let digests = step.inputs.compactMap { input in
        seals[input.producer]?.output(input.output).map { (input.slot, $0.contentDigest) }
      }
      let key = StepKey(
        step, libraries: engine.libraries, inputs: Dictionary(uniqueKeysWithValues: digests))
      let entry = isForced ? nil : engine.store.find(key.digest)
      if let entry { seals[i] = entry.seal }
      let old = last?.steps.first { $0.name == step.name }?.keyDocument
      lines.append(Self.line(step, key, entry, folder, old, isForced: isForced))
    }
    self.lines = lines
  }

  private static func line(
    _ step: PlannedStep, _ key: StepKey, _ entry: ArtifactStore.Entry?, _ folder: RunFolder,
    _ old: Value?, isForced: Bool
  ) -> Line {
    let changes = old.map { ValueDifference.between($0, key.document) } ?? []
    guard let entry else {
      return Line(
        step: step.name, stage: step.stage.name, action: .run,
        reason: reason(changes, isKnown: old != nil, isForced: isForced), key: key.digest,
        changes: changes)
    }
    let isPlaced = folder.holdsAll(entry, of: step)
    return Line(
      step: step.name, stage: step.stage.name, action: isPlaced ? .cached : .restore,
      reason: isPlaced ? "nothing changed" : "the store has it, the run folder has not",
      key: key.digest, changes: changes)
  }

  private static func reason(
    _ changes: [ValueDifference], isKnown: Bool, isForced: Bool
  ) -> String {
    if isForced { return "forced" }
    guard isKnown else { return "never run here" }
    guard let first = changes.first else { return "its result is gone or damaged" }
    return changes.count == 1 ? first.description : "\(first), and \(changes.count - 1) more"
  }

  /// The lines that explain a step: its own, or, where inputs are made first, theirs before it.
  public func trace(of step: String, in plan: Plan) -> [Line] {
    let wanted = plan.ancestry(of: step) ?? []
    return lines.enumerated().filter { i, line in
      line.step == step || (wanted.contains(i) && line.action == .run)
    }.map(\.element)
  }
}

extension RunFolder {
  func holdsAll(_ entry: ArtifactStore.Entry, of step: PlannedStep) -> Bool {
    entry.seal.outputs.allSatisfy { output in
      holds(output, of: entry, at: path + "/" + Self.fileName(step: step.name, output: output.name))
    }
  }
}
