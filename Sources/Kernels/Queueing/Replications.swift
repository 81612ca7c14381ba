/// Independent runs of one experiment, several at a time.
public enum Replications {
  /// Calls `body` with each index on up to `threads` threads.
  ///
  /// Results come by index, so that the number of threads never shows. The first error ends the rest.
  public static func run<Result: Sendable>(
    _ count: Int, threads: Int, _ body: @escaping @Sendable (Int) throws -> Result
  ) async throws -> [Result] {
    try await withThrowingTaskGroup(of: (Int, Result).self) { group in
      var results = [Result?](repeating: nil, count: count)
      var next = 0
      func start() {
        guard next < count else { return }
        let index = next
        next += 1
        group.addTask { (index, try body(index)) }
      }
      for _ in 0..<max(1, threads) { start() }
      while let (index, result) = try await group.next() {
        results[index] = result
        start()
      }
      return results.compactMap { $0 }
    }
  }
}
