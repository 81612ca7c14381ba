/// Makes the sections of a report, one after another, while later steps are still computed.
///
/// A section that cannot be made is left to the report itself, which says why.
final class SectionMaker: Sendable {
  private struct State {
    var tasks: [String: Task<ReportSection?, Never>] = [:]
    var last: Task<ReportSection?, Never>?
  }

  private let steps: [String: PlannedStep]
  private let store: ArtifactStore
  private let state = LockedState(State())

  init(_ plan: Plan, _ store: ArtifactStore) {
    steps = Dictionary(plan.steps.map { ($0.label, $0) }) { first, _ in first }
    self.store = store
  }

  /// Begins the section of a step whose result is in the store; returns at once.
  func begin(_ result: StepResult) {
    guard let step = steps[result.label], let known = result.known else { return }
    let folder = store.folder(of: known.key)
    let paths = Dictionary(
      uniqueKeysWithValues: known.outputs.map { ($0.name, "\(folder)/\($0.file)") })
    state.withLock { state in
      let previous = state.last
      let task = Task { () -> ReportSection? in
        // HDF5 is not to be entered twice at a time.
        _ = await previous?.value
        let results = StageResults(paths: paths, parameters: step.parametersByContent)
        return Task.isCancelled ? nil : try? step.stage.report(results)
      }
      state.tasks[result.label] = task
      state.last = task
    }
  }

  /// What was begun, once all of it is done; a run that is cancelled gets no report, and does not wait
  /// for more than the section at hand.
  func sections() async -> [String: ReportSection] {
    let tasks = state.withLock { $0.tasks }
    return await withTaskCancellationHandler {
      var made: [String: ReportSection] = [:]
      for (label, task) in tasks { made[label] = await task.value }
      return made
    } onCancel: {
      for task in tasks.values { task.cancel() }
    }
  }
}
