/// Which steps of a plan are done, running, ready or out of reach.
struct Schedule {
  private enum State {
    case waiting, running
    case settled(StepResult)
  }

  let steps: [PlannedStep]
  private var states: [State]
  /// Set by a failure when the run is to stop there.
  private var isStopped = false

  init(_ plan: Plan, until: String?) {
    steps = plan.steps
    let wanted = until.flatMap { plan.ancestry(of: $0) } ?? Set(plan.steps.indices)
    states = plan.steps.indices.map { i in
      wanted.contains(i) ? .waiting : .settled(StepResult(plan.steps[i].name, .skipped))
    }
  }

  /// The first step in the plan's order that waits for nothing any more.
  func nextReady() -> Int? {
    guard !isStopped else { return nil }
    return states.indices.first { i in
      guard case .waiting = states[i] else { return false }
      return steps[i].inputs.allSatisfy { seal(of: $0.producer) != nil }
    }
  }

  mutating func markStarted(_ index: Int) {
    states[index] = .running
  }

  mutating func settle(_ index: Int, _ result: StepResult, keepsGoing: Bool) {
    states[index] = .settled(result)
    if result.status == .failed, !keepsGoing { isStopped = true }
  }

  private func seal(of index: Int) -> Seal? {
    if case .settled(let result) = states[index] { result.seal } else { nil }
  }

  /// Content digests of a step's inputs, by slot.
  func inputDigests(of index: Int) -> [String: Digest] {
    Dictionary(
      uniqueKeysWithValues: steps[index].inputs.compactMap { input in
        seal(of: input.producer)?.output(input.output).map { (input.slot, $0.contentDigest) }
      })
  }

  /// Files of a step's inputs in the store, by slot.
  func inputPaths(of index: Int, in store: ArtifactStore) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: steps[index].inputs.compactMap { input in
        guard let seal = seal(of: input.producer), let output = seal.output(input.output) else {
          return nil
        }
        return (input.slot, store.folder(of: seal.key) + "/" + output.file)
      })
  }

  func results(_ plan: Plan) -> [StepResult] {
    states.enumerated().map { i, state in
      if case .settled(let result) = state { result } else { StepResult(steps[i].name, .skipped) }
    }
  }
}
