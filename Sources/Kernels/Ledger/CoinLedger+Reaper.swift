extension CoinLedger {
  /// Gives a coin back to the mint: its last move, after which it waits for the reaper.
  ///
  /// - Parameters:
  ///   - claim: the coin, its holder, and the number of its last move.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: why nothing happened, or nil.
  public mutating func retire(_ claim: CoinClaim, at time: Int64) -> MoveRefusal? {
    if let refusal = refusal(of: claim) { return refuse(refusal) }
    takeFromPurse(claim.coin)
    record(
      claim.seq + 1, of: claim.coin, from: Int32(claim.holder), to: TrailEntry.mint, at: time)
    retire(claim.coin)
    return nil
  }

  /// Destroys every coin without a reference: those given back to the mint, then those dropped.
  ///
  /// - Returns: the destroyed coins; no coin is ever returned twice.
  public mutating func reap() -> [Int] {
    for coin in dropped.collect() { retire(coin) }
    let harvest = retired
    retired.removeAll()
    for coin in harvest { enter(.reaped, coin) }
    return harvest
  }
}
