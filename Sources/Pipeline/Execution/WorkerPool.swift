/// The worker processes of a run, started when they are first needed and kept for the next step.
actor WorkerPool {
  private let executable: String
  private var idle: [WorkerProcess] = []

  init(executable: String) {
    self.executable = executable
  }

  /// Starts a worker before there is a step for it.
  func prepare() { idle.append(WorkerProcess(executable: executable)) }

  func perform(
    _ job: StepJob, events: @escaping @Sendable (WorkerEvent) -> Void
  ) async -> WorkerEvent {
    while let worker = idle.popLast() {
      let reply = await use(worker, job, events)
      if case .unreached = reply { continue }
      return reply
    }
    var reason = ""
    for _ in 1...Self.attemptsMax {
      let reply = await use(WorkerProcess(executable: executable), job, events)
      guard case .unreached(let words) = reply else { return reply }
      reason = words
    }
    return .failed(StepFailure(.stage, reason))
  }

  /// Workers that are started for a job before it is given up.
  private static let attemptsMax = 3

  private func use(
    _ worker: WorkerProcess, _ job: StepJob, _ events: @escaping @Sendable (WorkerEvent) -> Void
  ) async -> WorkerEvent {
    let reply = await worker.perform(job, events: events)
    if worker.isAlive { idle.append(worker) }
    return reply
  }

  /// Closes the pipes of all workers and waits for them.
  func finish() async {
    let workers = idle
    idle = []
    for worker in workers { await worker.finish() }
  }
}
