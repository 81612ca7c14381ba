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
    var known: [Int: ArtifactStore.Entry] = [:]
    let record = folder.record
    let last = Dictionary((record?.steps ?? []).map { ($0.label, $0) }) { first, _ in first }
    let placer = ResultPlacer(plan: plan, folder: folder, store: engine.store, snapshot: nil)
    for (i, step) in plan.steps.enumerated() {
      let missing = step.inputs.filter { known[$0.producer] == nil }
      guard missing.isEmpty else {
        let names = missing.map { plan.steps[$0.producer].label }.reduce(into: [String]()) {
          if !$0.contains($1) { $0.append($1) }
        }
        lines.append(
          Line(
            step: step.label, stage: step.stage.name, action: .run,
            reason: "its input \(names.joined(separator: ", ")) is made first", key: nil))
        continue
      }
      let digests = step.inputs.compactMap { input in
        known[input.producer]?.seal.output(input.output).map { (input.slot, $0.contentDigest) }
      }
      let key = StepKey(
        step, libraries: engine.libraries, inputs: Dictionary(uniqueKeysWithValues: digests))
      let entry = isForced ? nil : engine.store.find(key.digest)
      known[i] = entry
      let old = last[step.label].flatMap { record?.keyDocument(of: $0) }
      let changes = old.map { ValueDifference.between($0, key.document) } ?? []
      lines.append(
        Self.line(
          step, key, isPlaced: entry.map { placer.holdsAll($0, of: step) },
          changes, isKnown: old != nil, isForced: isForced))
    }
    self.lines = lines
  }

  /// `isPlaced`: whether the run folder has the result; nil where the store has not.
  private static func line(
    _ step: PlannedStep, _ key: StepKey, isPlaced: Bool?, _ changes: [ValueDifference],
    isKnown: Bool, isForced: Bool
  ) -> Line {
    let (action, reason): (Line.Action, String) =
      switch isPlaced {
      case nil: (.run, reason(changes, isKnown: isKnown, isForced: isForced))
      case true?: (.cached, "nothing changed")
      case false?: (.restore, "the store has it, the run folder has not")
      }
    return Line(
      step: step.label, stage: step.stage.name, action: action, reason: reason, key: key.digest,
      changes: changes)
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
    return zip(lines, plan.steps).enumerated().filter { i, pair in
      pair.1.name == step || (wanted.contains(i) && pair.0.action == .run)
    }.map(\.element.0)
  }
}
