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
    let coinCount = coinCount
    let broken = Parts.map((coinCount + chunk - 1) / chunk, threads: threads) { index in
      (index * chunk..<min((index + 1) * chunk, coinCount)).filter { trailFault(of: $0) != nil }
    }
    return broken.flatMap(\.self)
  }
}
