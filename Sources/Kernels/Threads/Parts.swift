import Dispatch

/// Work in numbered parts, which threads share among themselves.
///
/// The parts come of the problem and not of the number of threads, and their results stand in the order of
/// the parts: so no result depends on how many threads there are.
enum Parts {
  /// Does each part; none may change anything that another one reads.
  static func forEach(_ count: Int, threads: Int, _ body: (Int) -> Void) {
    let threads = min(threads, count)
    guard threads > 1 else {
      for part in 0..<count { body(part) }
      return
    }
    withoutActuallyEscaping(body) { body in
      nonisolated(unsafe) let body = body
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for part in stride(from: thread, to: count, by: threads) { unsafe body(part) }
      }
    }
  }

  /// What `body` makes of each part; it must not change anything that another part reads.
  static func map<Part>(_ count: Int, threads: Int, _ body: (Int) -> Part) -> [Part] {
    unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialised in
      forEach(count, threads: threads) { part in
        unsafe buffer.initializeElement(at: part, to: body(part))
      }
      initialised = count
    }
  }
}
