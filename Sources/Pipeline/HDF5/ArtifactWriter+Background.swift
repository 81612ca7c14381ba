extension ArtifactWriter {
  /// Writes a batch on another thread while the stage computes what comes next.
  ///
  /// Nothing else may be done with the artifact until the task has ended: a stage awaits it before
  /// it hands over the next batch and before it returns. The batch comes back, so that its memory
  /// can be used again.
  public func inBackground<Batch: Sendable>(
    _ batch: Batch, _ body: @escaping @Sendable (Batch, ArtifactWriter) throws -> Void
  ) -> Task<Batch, any Error> {
    // Two threads never use the writer at once: the caller waits for the task.
    nonisolated(unsafe) let writer = self
    return Task.detached {
      try unsafe body(batch, writer)
      return batch
    }
  }

  /// Writes what is known already on another thread while `compute` finds out the rest.
  ///
  /// `compute` must not touch the artifact. Both have ended when this returns or throws; what
  /// `compute` throws comes first. With `isConcurrent` false one follows the other: the file is the
  /// same.
  public func write<R>(
    _ body: @escaping @Sendable (ArtifactWriter) throws -> Void, isConcurrent: Bool,
    while compute: () throws -> R
  ) async throws -> R {
    guard isConcurrent else {
      try body(self)
      return try compute()
    }
    // Two threads never use the writer at once: the caller waits for the task.
    nonisolated(unsafe) let writer = self
    let writing = Task.detached { try unsafe body(writer) }
    do {
      let result = try compute()
      try await writing.value
      return result
    } catch {
      _ = await writing.result
      throw error
    }
  }
}
