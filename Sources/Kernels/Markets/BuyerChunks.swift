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
    return Parts.map(count, threads: threads) { body(range($0)) }
  }
}
