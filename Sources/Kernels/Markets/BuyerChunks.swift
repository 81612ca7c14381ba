import Dispatch

/// Work on ranges of buyers, shared among threads, with the results in the order of the ranges.
///
/// The ranges depend on the number of buyers alone, so nothing that is summed over them depends on the
/// number of threads.
enum BuyerChunks {
  private static let chunksMax = 8
  private static let buyersMin = 5000

  /// What `body` makes of each range; it must not change anything that another range reads.
  static func map<Part>(
    buyerCount: Int, threads: Int, _ body: (Range<Int>) -> Part
  ) -> [Part] {
    let count = max(1, min(chunksMax, buyerCount / buyersMin))
    func range(_ chunk: Int) -> Range<Int> {
      buyerCount * chunk / count..<buyerCount * (chunk + 1) / count
    }
    guard threads > 1, count > 1 else { return (0..<count).map { body(range($0)) } }
    return unsafe Array(unsafeUninitializedCapacity: count) { buffer, initialised in
      withoutActuallyEscaping(body) { body in
        nonisolated(unsafe) let body = body
        nonisolated(unsafe) let parts = unsafe buffer
        DispatchQueue.concurrentPerform(iterations: min(threads, count)) { thread in
          for chunk in stride(from: thread, to: count, by: min(threads, count)) {
            let start = buyerCount * chunk / count
            let part = unsafe body(start..<buyerCount * (chunk + 1) / count)
            unsafe parts.initializeElement(at: chunk, to: part)
          }
        }
      }
      initialised = count
    }
  }
}
