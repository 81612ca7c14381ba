import Foundation

/// The other side of the engine's pipe: computes steps one after another until the pipe closes.
///
/// Jobs come in on standard input, events go out on standard output, one JSON object a line. When
/// the pipe closes the engine is gone or done: work at hand is cancelled, its folder removed.
public struct Worker: Sendable {
  let catalog: StageCatalog

  public init(catalog: StageCatalog) {
    self.catalog = catalog
  }

  public func serve() async {
    // Ctrl-C reaches the whole process group; the engine decides what becomes of the workers.
    signal(SIGINT, SIG_IGN)
    signal(SIGPIPE, SIG_IGN)
    ProcessMemory.keepFreed()
    let (lines, feed) = AsyncStream.makeStream(of: String.self)
    let current = CurrentTask()
    let stop: @Sendable () -> Void = {
      feed.finish()
      current.cancel()
    }
    let termination = SignalWatch(SIGTERM, stop)
    Thread {
      while let line = readLine() { feed.yield(line) }
      stop()
    }.start()
    var rest: Task<Void, Never>?
    for await line in lines {
      rest?.cancel()
      await serve(line, current)
      rest = Task { await Self.returnMemoryIfIdle() }
    }
    withExtendedLifetime(termination) {}
  }

  /// Between two steps freed memory is kept; while the others work on, it is theirs.
  private static func returnMemoryIfIdle() async {
    guard (try? await Task.sleep(for: .milliseconds(20))) != nil else { return }
    ProcessMemory.returnFreed()
  }

  private func serve(_ line: String, _ current: CurrentTask) async {
    guard let job = try? JSONDecoder().decode(StepJob.self, from: Data(line.utf8)) else {
      return Self.send(.failed(StepFailure(.stage, "the worker was sent an unreadable job")))
    }
    Self.send(.accepted)
    let executor = StepExecutor(catalog: catalog, files: LocalFileSystem())
    let limiter = ProgressLimiter()
    let task = Task {
      await executor.execute(job) { event in if limiter.admits(event) { Self.send(event) } }
    }
    current.set(task)
    Self.send(await task.value)
  }

  private static func send(_ event: WorkerEvent) {
    guard var line = try? JSONEncoder().encode(event) else { return }
    line.append(0x0A)
    try? FileHandle.standardOutput.write(contentsOf: line)
  }
}

/// The task at hand, so that the thread that sees the pipe close can cancel it.
private final class CurrentTask: Sendable {
  private struct State {
    var task: Task<WorkerEvent, Never>?
    var isCancelled = false
  }
  private let state = LockedState(State())

  func set(_ task: Task<WorkerEvent, Never>) {
    let isCancelled = state.withLock { state in
      state.task = task
      return state.isCancelled
    }
    if isCancelled { task.cancel() }
  }

  func cancel() {
    state.withLock { state in
      state.isCancelled = true
      return state.task
    }?.cancel()
  }
}

/// Lets through ten reports of progress a second.
private final class ProgressLimiter: Sendable {
  private let last = LockedState(ContinuousClock.now - .seconds(1))

  func admits(_ event: WorkerEvent) -> Bool {
    guard case .progress = event else { return true }
    return last.withLock { last in
      let now = ContinuousClock.now
      guard now - last > .milliseconds(100) else { return false }
      last = now
      return true
    }
  }
}
