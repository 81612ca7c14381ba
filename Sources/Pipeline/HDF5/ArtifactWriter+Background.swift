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
}
