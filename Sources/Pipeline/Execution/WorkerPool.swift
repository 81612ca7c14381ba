/// The worker processes of a run, started when they are first needed and kept for the next step.
actor WorkerPool {
  private let executable: String
  private var idle: [WorkerProcess] = []

  init(executable: String) {
    self.executable = executable
  }

  func perform(
    _ job: StepJob, events: @escaping @Sendable (WorkerEvent) -> Void
  ) async -> WorkerEvent {
    while let worker = idle.popLast() {
      if worker.isAlive { return await use(worker, job, events) }
    }
    return await use(WorkerProcess(executable: executable), job, events)
  }

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
