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
  ///
  /// `snapshot`: what the last run in this folder found sound; without one every seal is read.
  public func run(
    _ plan: Plan, in folder: RunFolder, options: Options,
    events: @escaping @Sendable (RunEvent) -> Void
  ) async -> [StepResult] {
    let (results, closing) = await run(
      plan, in: folder, options: options, snapshot: nil, events: events)
    await closing.value
    return results
  }

  /// The same; the workers may still be ending when it returns, `closing` waits for them.
  func run(
    _ plan: Plan, in folder: RunFolder, options: Options, snapshot: RunSnapshot?,
    events: @escaping @Sendable (RunEvent) -> Void
  ) async -> (results: [StepResult], closing: Task<Void, Never>) {
    let placer = ResultPlacer(plan: plan, folder: folder, store: store, snapshot: snapshot)
    let work = Work(
      placer: placer, pool: WorkerPool(executable: executable), options: options, events: events)
    // Nothing is known of an earlier run, so a worker will be wanted: it starts beside the plan's
    // first look at the store.
    if snapshot == nil, !options.onlyKnown { await work.pool.prepare() }
    var schedule = Schedule(plan, until: options.until)
    await withTaskGroup(of: News.self) { group in
      var computing = 0
      var placing = 0
      while true {
        computing += start(&schedule, work, &group, computing)
        guard computing + placing > 0, let news = await group.next() else { break }
        switch news {
        case .computed(let index, let entry, let isNew):
          computing -= 1
          placing += 1
          schedule.learn(
            index, StepResult(schedule.steps[index].label, .executed, known: KnownResult(entry)))
          group.addTask { .placed(index, placer.place(entry, for: index, asNew: isNew)) }
        case .placed(let index, let result):
          placing -= 1
          settle(index, result, &schedule, work)
        case .failed(let index, let result):
          computing -= 1
          settle(index, result, &schedule, work)
        }
      }
    }
    return (schedule.finishedResults(), Task { await work.pool.finish() })
  }

  /// What all steps of a run share.
  private struct Work: Sendable {
    let placer: ResultPlacer
    let pool: WorkerPool
    let options: Options
    let events: @Sendable (RunEvent) -> Void
  }

  /// What a task of a run has to tell.
  ///
  /// A result is put in place while the steps after it, which read it from the store, are computed.
  private enum News: Sendable {
    case computed(Int, ArtifactStore.Entry, isNew: Bool)
    case placed(Int, StepResult)
    case failed(Int, StepResult)
  }

  /// Takes every step whose inputs are known from the store, or starts a worker on it.
  private func start(
    _ schedule: inout Schedule, _ work: Work, _ group: inout TaskGroup<News>,
    _ running: Int
  ) -> Int {
    var started = 0
    while !Task.isCancelled, let index = schedule.popReady() {
      let step = schedule.steps[index]
      let key = StepKey(step, libraries: libraries, inputs: schedule.inputDigests(of: index))
      if !work.options.isForced, let result = work.placer.find(key.digest, for: index) {
        settle(index, result, &schedule, work)
        continue
      }
      if work.options.onlyKnown {
        settle(index, StepResult(step.label, .skipped, key: key.digest), &schedule, work)
        continue
      }
      guard running + started < max(1, work.options.jobs) else {
        schedule.postpone(index)
        return started
      }
      started += 1
      let job = job(step, key, schedule.inputPaths(of: index, in: store), work)
      group.addTask { await execute(index, step, job, work) }
    }
    return started
  }

  private func settle(
    _ index: Int, _ result: StepResult, _ schedule: inout Schedule, _ work: Work
  ) {
    schedule.settle(index, result, keepsGoing: work.options.keepsGoing)
    work.events(.ended(result))
  }

  private func job(
    _ step: PlannedStep, _ key: StepKey, _ inputs: [String: String], _ work: Work
  ) -> StepJob {
    StepJob(
      step: step.label, stage: step.stage.name, key: key.digest, keyDocument: key.document,
      parameters: step.parameters, parametersByContent: step.parametersByContent, seed: step.seed,
      inputs: inputs, storeRoot: store.root, threads: work.options.threads,
      isForced: work.options.isForced, lockPatience: work.options.lockPatience,
      owner: work.options.owner, outputLog: work.placer.outputLog(of: step))
  }

  /// Computes a step, again where its manifest allows another attempt.
  private func execute(
    _ index: Int, _ step: PlannedStep, _ job: StepJob, _ work: Work
  ) async -> News {
    for attempt in 0...step.retries {
      let news = await executeOnce(index, step, job, work)
      guard case .failed(_, let result) = news, result.failure?.kind == .stage,
        attempt < step.retries, !Task.isCancelled
      else { return news }
      work.events(.retrying(step: step.label, message: result.failure?.message ?? ""))
    }
    preconditionFailure("the last attempt returns")
  }

  private func executeOnce(
    _ index: Int, _ step: PlannedStep, _ job: StepJob, _ work: Work
  ) async -> News {
    work.events(.started(step: step.label))
    let event = await work.pool.perform(job) { event in
      switch event {
      case .progress(let share, let note):
        work.events(.progress(step: step.label, share: share, note: note))
      case .waiting(let owner): work.events(.waiting(step: step.label, owner: owner))
      case .accepted, .finished, .failed, .unreached: break
      }
    }
    let failure: StepFailure
    switch event {
    case .finished(let isNew):
      if let entry = store.find(job.key) { return .computed(index, entry, isNew: isNew) }
      failure = StepFailure(.disk, "its result was damaged right after it was written")
    case .failed(let reason): failure = reason
    case .accepted, .progress, .waiting, .unreached:
      preconditionFailure("a worker's reply is final")
    }
    return .failed(index, StepResult(step.label, .failed, key: job.key, failure: failure))
  }
}
