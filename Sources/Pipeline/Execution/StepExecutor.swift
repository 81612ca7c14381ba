import Foundation

/// Computes one step inside a worker: lock, look again, run, read back, seal, publish.
struct StepExecutor: Sendable {
  let catalog: StageCatalog
  let files: any FileSystem

  func execute(
    _ job: StepJob, report: @escaping @Sendable (WorkerEvent) -> Void
  ) async -> WorkerEvent {
    do {
      return try await executeLocked(job, report: report)
    } catch {
      return .failed(Self.failure(error))
    }
  }

  private func executeLocked(
    _ job: StepJob, report: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerEvent {
    let store = ArtifactStore(root: job.storeRoot, files: files)
    try files.makeFolder(job.storeRoot + "/locks")
    let lock = try StepLock(
      at: store.lockPath(of: job.key), owner: job.owner, patience: job.lockPatience
    ) { owner in report(.waiting(for: owner)) }
    do {
      let event = try await compute(job, in: store, report: report)
      lock.release()
      return event
    } catch {
      lock.release()
      throw error
    }
  }

  private func compute(
    _ job: StepJob, in store: ArtifactStore, report: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> WorkerEvent {
    if !job.isForced, store.find(job.key) != nil { return .finished(isNew: false) }
    let folder = try store.beginFolder(for: job.key)
    do {
      try await make(job, in: folder, for: store, report: report)
    } catch {
      try? files.remove(folder)
      throw error
    }
    return .finished(isNew: true)
  }

  private func make(
    _ job: StepJob, in folder: String, for store: ArtifactStore,
    report: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws {
    guard let stage = catalog[job.stage] else {
      throw StepFailure(.stage, "this program has no stage \(job.stage)")
    }
    let meter = ResourceMeter()
    let written = try await run(stage, job, in: folder, report: report)
    try Task.checkCancellation()
    let seal = try await withThrowingTaskGroup(of: Void.self) { flushes in
      var outputs: [Seal.Output] = []
      for port in stage.outputs {
        outputs.append(try await sealed(port, written[port.name], in: folder, &flushes))
      }
      let seal = Seal(
        format: Seal.currentFormat, key: job.key, keyDocument: job.keyDocument, outputs: outputs)
      try store.write(seal, in: folder)
      try await flushes.waitForAll()
      return seal
    }
    try store.publish(folder, sealed: seal, resources: meter.read())
  }

  /// Runs the stage; its writers are closed when this returns.
  private func run(
    _ stage: StageDescription, _ job: StepJob, in folder: String,
    report: @escaping @Sendable (WorkerEvent) -> Void
  ) async throws -> [String: [DatasetChecksum]] {
    var writers: [String: ArtifactWriter] = [:]
    for port in stage.outputs where !port.isForeign {
      writers[port.name] = try ArtifactWriter(
        creating: "\(folder)/\(port.name).h5", schema: port.schema,
        labels: ArtifactLabels.make(
          key: job.key, stage: stage, output: port, parameters: job.parametersByContent,
          seed: job.seed))
    }
    let context = StageContext(
      seed: job.seed, threads: job.threads, outputLog: job.outputLog
    ) { share, note in report(.progress(share: share, note: note)) }
    let foreignPath = "\(folder)/main.h5"
    try await stage.run(
      job.parameters, StageInputs(paths: job.inputs),
      StageOutputs(writers: writers, foreignPath: foreignPath), context)
    return try writers.mapValues { try $0.close() }
  }

  /// Digests a finished file while it is read back; meanwhile, and until all of `flushes` are done,
  /// the disk takes it in.
  ///
  /// `written`: what must be found; nil for a file of a user's program.
  private func sealed(
    _ port: OutputPort, _ written: [DatasetChecksum]?, in folder: String,
    _ flushes: inout ThrowingTaskGroup<Void, any Error>
  ) async throws -> Seal.Output {
    let path = "\(folder)/\(port.name).h5"
    // Opened first: what a program left may be no file at all.
    let reader = try ArtifactReader(opening: path)
    try files.setReadOnly(path)
    flushes.addTask { try files.sync(path) }
    async let digest = files.digest(ofFile: path)
    let content =
      if let written {
        try readBack(reader, port.schema, written)
      } else {
        try reader.foreignContent()
      }
    return Seal.Output(
      name: port.name, file: "\(port.name).h5", bytes: files.status(of: path)?.bytes ?? 0,
      sha256: try await digest, contentDigest: content.digest, content: content)
  }

  /// The disk must hold what was handed over, value by value.
  private func readBack(
    _ reader: ArtifactReader, _ schema: ArtifactSchema, _ written: [DatasetChecksum]
  ) throws -> ArtifactContent {
    let (content, found) = try reader.content(of: schema)
    guard found != written else { return content }
    let pairs = zip(written, found)
    let changed = pairs.first { $0.0 != $0.1 }?.0.name ?? "?"
    throw ArtifactError.changedOnDisk(artifact: schema.name, variable: changed)
  }

  private static func failure(_ error: any Error) -> StepFailure {
    switch error {
    case let failure as StepFailure: failure
    case is CancellationError: StepFailure(.cancelled, "cancelled")
    case LockError.cancelled: StepFailure(.cancelled, "cancelled")
    case let error as DataError: StepFailure(.data, error.description)
    case let error as FileError: StepFailure(.disk, error.description)
    case let error as HDF5Error: StepFailure(.disk, error.description)
    case LockError.timedOut(let path):
      StepFailure(.lock, "another run still holds \(path); wait for it, or run again later")
    case LockError.unusable(let path, let code):
      StepFailure(.disk, "cannot lock \(path): \(unsafe String(cString: strerror(code)))")
    case let error as ParameterError: StepFailure(.stage, "'\(error.parameter)': \(error.reason)")
    default: StepFailure(.stage, "\(error)")
    }
  }
}
