import Dispatch

extension StageOutputs {
  /// Lets `produce` hand over batches, which are written in their order.
  ///
  /// Where `isConcurrent`, another thread writes a batch while the next one is produced; two are in memory
  /// at a time, and the files are the same. `produce` must not touch the outputs that `write` does. What
  /// keeps a batch from being written is thrown where the next one is handed over, or at the end.
  ///
  ///     try outputs.writing(isConcurrent: context.threads > 1) { (batch: [Double], outputs) in
  ///       try outputs.main.append(TrafficArtifact.sent, batch)
  ///     } while: { handOver in
  ///       for batch in batches { try handOver(batch) }
  ///     }
  public func writing<Batch: Sendable, R>(
    isConcurrent: Bool, _ write: @escaping @Sendable (Batch, StageOutputs) throws -> Void,
    while produce: (_ handOver: (Batch) throws -> Void) throws -> R
  ) throws -> R {
    guard isConcurrent else { return try produce { batch in try write(batch, self) } }
    // Two threads never use the writers at once: a batch waits for the one before it.
    nonisolated(unsafe) let outputs = self
    let lane = WritingLane()
    defer { lane.wait() }
    let result = try produce { batch in
      try lane.finish()
      lane.begin { try unsafe write(batch, outputs) }
    }
    try lane.finish()
    return result
  }
}

/// Another thread that does one thing at a time.
private final class WritingLane: Sendable {
  private let queue = DispatchQueue(label: "kcpipe.writing")
  private let group = DispatchGroup()
  private let failure = LockedState<(any Error)?>(nil)

  /// Begins `work`, after what was begun before has ended.
  func begin(_ work: @escaping @Sendable () throws -> Void) {
    queue.async(group: group) {
      do {
        try work()
      } catch {
        self.failure.withLock { $0 = error }
      }
    }
  }

  /// Waits until everything that was begun has ended.
  func wait() { group.wait() }

  /// Waits, and throws what went wrong.
  func finish() throws {
    wait()
    if let error = failure.withLock({ $0 }) { throw error }
  }
}
