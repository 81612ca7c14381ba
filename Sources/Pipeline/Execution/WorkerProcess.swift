import Foundation
internal import Subprocess

#if canImport(System)
  internal import System
#else
  internal import SystemPackage
#endif

/// A worker as the engine sees it: a child process that computes one step at a time.
///
/// A worker that dies fails the step that it had; the engine starts another for the next one.
final class WorkerProcess: Sendable {
  private struct Request: Sendable {
    let events: @Sendable (WorkerEvent) -> Void
    let reply: CheckedContinuation<WorkerEvent, Never>
    /// Whether the worker has read the job.
    var isAccepted = false
  }

  private struct State {
    var request: Request?
    /// Set once the process is gone: what every later step is told.
    var ending: WorkerEvent?
  }

  private let state: LockedState<State>
  private let jobs: AsyncStream<String>.Continuation
  private let process: Task<Void, Never>

  init(executable: String) {
    let state = LockedState(State())
    let (stream, jobs) = AsyncStream.makeStream(of: String.self)
    self.state = state
    self.jobs = jobs
    process = Task { await Self.run(executable, stream, state) }
  }

  /// False once the process is gone; it takes no further step.
  var isAlive: Bool { state.withLock { $0.ending == nil } }

  /// Computes a step; cancelling the calling task makes the worker give up and clean up.
  func perform(
    _ job: StepJob, events: @escaping @Sendable (WorkerEvent) -> Void
  ) async -> WorkerEvent {
    guard let data = try? JSONEncoder().encode(job) else {
      return .failed(StepFailure(.stage, "the job cannot be encoded"))
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { reply in
        let ending = state.withLock { state -> WorkerEvent? in
          if state.ending == nil { state.request = Request(events: events, reply: reply) }
          return state.ending
        }
        if let ending { return reply.resume(returning: ending) }
        jobs.yield(String(decoding: data, as: UTF8.self) + "\n")
      }
    } onCancel: {
      process.cancel()
    }
  }

  /// Closes the pipe and waits for the process to end.
  func finish() async {
    jobs.finish()
    await process.value
  }

  /// The life of the process: jobs in, events out, and at its end a reply to whoever still waits.
  private static func run(
    _ executable: String, _ stream: AsyncStream<String>, _ state: LockedState<State>
  ) async {
    let complaint = LockedState("")
    var ending = "ended without an answer"
    do {
      var options = PlatformOptions()
      options.teardownSequence = [
        .send(signal: .terminate, allowedDurationToNextStep: .seconds(3))
      ]
      let result = try await Subprocess.run(
        .path(FilePath(executable)), arguments: ["worker"], platformOptions: options,
        input: .inputWriter, output: .sequence, error: .sequence
      ) { execution in
        async let errors: Void = collect(execution.standardError, into: complaint)
        await converse(
          stream, state, write: { try await execution.standardInputWriter.write($0) },
          lines: execution.standardOutput)
        try? await execution.standardInputWriter.finish()
        await errors
      }
      ending = describe(result.terminationStatus)
    } catch {
      ending = "could not be started or reached: \(error)"
    }
    let event = lost(ending, complaint.withLock { $0 }, isCancelled: Task.isCancelled)
    let request = state.withLock { state -> Request? in
      state.ending = .unreached(ending)
      return state.request.take()
    }
    let isReached = request?.isAccepted == true || Task.isCancelled
    request?.reply.resume(returning: isReached ? event : .unreached("its process \(ending)"))
  }

  /// Sends each job and passes on its events; returns when the process stops answering.
  private static func converse(
    _ stream: AsyncStream<String>, _ state: LockedState<State>,
    write: (String) async throws -> Int, lines: SubprocessOutputSequence
  ) async {
    var answers = lines.strings().makeAsyncIterator()
    for await job in stream {
      guard (try? await write(job)) != nil else { return }
      var isFinal = false
      while !isFinal {
        guard let line = try? await answers.next() else { return }
        let event = try? JSONDecoder().decode(WorkerEvent.self, from: Data(line.utf8))
        guard let event else { continue }
        isFinal = event.isFinal
        deliver(event, state)
      }
    }
  }

  private static func deliver(_ event: WorkerEvent, _ state: LockedState<State>) {
    if case .accepted = event { return state.withLock { $0.request?.isAccepted = true } }
    let request = state.withLock { state -> Request? in
      event.isFinal ? state.request.take() : state.request
    }
    if event.isFinal { request?.reply.resume(returning: event) } else { request?.events(event) }
  }

  /// Keeps the last words of the process.
  private static func collect(
    _ output: SubprocessOutputSequence, into complaint: LockedState<String>
  ) async {
    var lines = output.strings().makeAsyncIterator()
    while let line = try? await lines.next() {
      complaint.withLock { $0 = String(($0 + line).suffix(4000)) }
    }
  }

  private static func lost(_ ending: String, _ words: String, isCancelled: Bool) -> WorkerEvent {
    if isCancelled { return .failed(StepFailure(.cancelled, "cancelled")) }
    let tail = words.trimmingCharacters(in: .whitespacesAndNewlines)
    return .failed(
      StepFailure(.stage, "its process \(ending)" + (tail.isEmpty ? "" : ": \(tail)")))
  }

  private static func describe(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code): "ended with code \(code)"
    case .signaled(let number): "was ended by signal \(number)"
    }
  }
}

extension WorkerEvent {
  var isFinal: Bool {
    switch self {
    case .accepted, .progress, .waiting: false
    case .finished, .failed, .unreached: true
    }
  }
}
