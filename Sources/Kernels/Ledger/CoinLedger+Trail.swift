import Dispatch

extension CoinLedger {
  /// The money trail of a coin, from the mint to its holder; O(moves of the coin).
  public func trail(of coin: Int) -> CoinTrail {
    let rows = trails.rows(from: coins[coin].lastRow).reversed()
    return CoinTrail(
      id: coins.ids[coin], denomination: denomination(of: coin),
      entries: rows.map { trails.entry($0) }, hashes: rows.map { trails.hash($0) })
  }

  /// The last link of a coin's trail.
  public func trailHead(of coin: Int) -> TrailHash { trails.hash(Int(coins[coin].lastRow)) }

  /// The fault nearest to the mint in a coin's trail, or nil where it is intact; one hash a move.
  public func trailFault(of coin: Int) -> TrailFault? {
    let last = trails.entry(Int(coins[coin].lastRow))
    let fault = trails.fault(
      from: coins[coin].lastRow, of: coins.ids[coin], worth: denomination(of: coin))
    if let fault { return fault }
    guard last.seq == coins[coin].seq else { return .missingMove(before: coins[coin].seq) }
    let isBack = last.to == TrailEntry.mint && coins[coin].state != .held
    return isBack || last.to == coins[coin].holder ? nil : .wrongHolder(found: last.to)
  }

  /// The coins whose trails are broken; one hash for each move ever made.
  ///
  /// Trails are checked independently of one another, so the answer is the same for any number of
  /// `threads`.
  public borrowing func brokenTrails(threads: Int = 1) -> [Int] {
    let chunk = 4096
    let chunkCount = (coinCount + chunk - 1) / chunk
    let coinCount = coinCount
    var broken = [[Int]](repeating: [], count: chunkCount)
    unsafe broken.withUnsafeMutableBufferPointer { broken in
      // Each chunk has a cell of its own, and the ledger is only read.
      nonisolated(unsafe) let cells = unsafe broken
      DispatchQueue.concurrentPerform(iterations: threads) { thread in
        for index in stride(from: thread, to: chunkCount, by: threads) {
          let coins = index * chunk..<min((index + 1) * chunk, coinCount)
          unsafe cells[index] = coins.filter { trailFault(of: $0) != nil }
        }
      }
    }
    return broken.flatMap(\.self)
  }
}
