/// The index of runs, opened while the first step is computed: its migrations and the disk's answers
/// then cost the run nothing.
///
/// A run that computes nothing never opens it.
final class RunIndex: Sendable {
  private let outputsRoot: String
  private let opening = LockedState<Task<RunStore, any Error>?>(nil)

  init(outputsRoot: String) { self.outputsRoot = outputsRoot }

  func open() { _ = task() }

  func store() async throws -> RunStore { try await task().value }

  private func task() -> Task<RunStore, any Error> {
    let root = outputsRoot
    return opening.withLock { opening in
      if let opening { return opening }
      let task = Task { try RunStore(outputsRoot: root) }
      opening = task
      return task
    }
  }
}
