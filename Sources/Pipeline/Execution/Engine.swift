import Foundation

/// Executes plans: takes from the store what is known, computes the rest in worker processes.
///
///     let engine = Engine(catalog: catalog, store: store, executable: path)
///     let results = await engine.run(plan, in: folder, options: .init(jobs: 2)) { print($0) }
///
/// A step is looked up as soon as its inputs are known, so an input that was rebuilt to the same
/// content reruns nothing after it. Workers are started only when something has to be computed.
public struct Engine: Sendable {
  /// How to run; nothing here changes a result.
  public struct Options: Sendable {
    /// Steps at a time.
    public var jobs = 1
    /// Threads that one step may use.
    public var threads = 1
    /// Go on with what does not depend on a failed step.
    public var keepsGoing = false
    /// Recompute everything.
    public var isForced = false
    /// Take what the store has and compute nothing.
    public var onlyKnown = false
    /// Compute only this step and what it needs.
    public var until: String?
    /// Seconds to wait for a step that another run computes.
    public var lockPatience = 24.0 * 3600
    /// A word about this run, for others that wait for its steps.
    public var owner = ""

    public init() {}
  }

  let catalog: StageCatalog
  let libraries: [String: String]
  let store: ArtifactStore
  /// Where results are looked for and kept.
  public var artifactStore: ArtifactStore { store }
  let executable: String

  /// Prepares an engine.
  ///
  /// `libraries` are the versions of what computes, part of every key; `executable` is the program
  /// whose `worker` subcommand computes steps.
  public init(
    catalog: StageCatalog, libraries: [String: String], store: ArtifactStore, executable: String
  ) {
    self.catalog = catalog
    self.libraries = libraries.merging(["hdf5": hdf5LibraryVersion]) { given, _ in given }
    self.store = store
    self.executable = executable
  }

  /// Runs a plan; the result of every step, in the plan's order.
  public func run(
    _ plan: Plan, in folder: RunFolder, options: Options,
    events: @escaping @Sendable (RunEvent) -> Void
  ) async -> [StepResult] {
    let pool = WorkerPool(executable: executable)
    var schedule = Schedule(plan, until: options.until)
    await withTaskGroup(of: (Int, StepResult).self) { group in
      var running = 0
      while true {
        running += start(&schedule, folder, options, pool, &group, running, events)
        guard running > 0, let (index, result) = await group.next() else { break }
        running -= 1
        settle(index, result, &schedule, options, events)
      }
    }
    await pool.finish()
    return schedule.results(plan)
  }

  /// Takes every step whose inputs are known from the store, or starts a worker on it.
  private func start(
    _ schedule: inout Schedule, _ folder: RunFolder, _ options: Options, _ pool: WorkerPool,
    _ group: inout TaskGroup<(Int, StepResult)>, _ running: Int,
    _ events: @escaping @Sendable (RunEvent) -> Void
  ) -> Int {
    var started = 0
    while let index = schedule.nextReady(), !Task.isCancelled {
      let step = schedule.steps[index]
      let key = StepKey(step, libraries: libraries, inputs: schedule.inputDigests(of: index))
      if !options.isForced, let entry = store.find(key.digest) {
        let result = folder.accept(entry, step, key, from: store, asNew: false)
        settle(index, result, &schedule, options, events)
        continue
      }
      if options.onlyKnown {
        settle(index, StepResult(step.name, .skipped, key: key), &schedule, options, events)
        continue
      }
      guard running + started < max(1, options.jobs) else { return started }
      schedule.markStarted(index)
      started += 1
      let job = job(step, key, schedule.inputPaths(of: index, in: store), options)
      group.addTask {
        (index, await execute(step, job, key, folder, pool, events))
      }
    }
    return started
  }

  private func settle(
    _ index: Int, _ result: StepResult, _ schedule: inout Schedule, _ options: Options,
    _ events: (RunEvent) -> Void
  ) {
    schedule.settle(index, result, keepsGoing: options.keepsGoing)
    events(.ended(result))
  }

  private func job(
    _ step: PlannedStep, _ key: StepKey, _ inputs: [String: String], _ options: Options
  ) -> StepJob {
    StepJob(
      step: step.name, stage: step.stage.name, key: key.digest, keyDocument: key.document,
      parameters: step.parameters, parametersByContent: step.parametersByContent, seed: step.seed,
      inputs: inputs, storeRoot: store.root, threads: options.threads, isForced: options.isForced,
      lockPatience: options.lockPatience, owner: options.owner)
  }

  private func execute(
    _ step: PlannedStep, _ job: StepJob, _ key: StepKey, _ folder: RunFolder, _ pool: WorkerPool,
    _ events: @escaping @Sendable (RunEvent) -> Void
  ) async -> StepResult {
    events(.started(step: step.name))
    let event = await pool.perform(job) { event in
      switch event {
      case .progress(let share, let note):
        events(.progress(step: step.name, share: share, note: note))
      case .waiting(let owner): events(.waiting(step: step.name, owner: owner))
      case .finished, .failed: break
      }
    }
    switch event {
    case .finished(let isNew):
      guard let entry = store.find(key.digest) else {
        let failure = StepFailure(.disk, "its result was damaged right after it was written")
        return StepResult(step.name, .failed, key: key, failure: failure)
      }
      return folder.accept(entry, step, key, from: store, asNew: isNew)
    case .failed(let failure):
      return StepResult(step.name, .failed, key: key, failure: failure)
    case .progress, .waiting:
      preconditionFailure("a worker's reply is final")
    }
  }
}
