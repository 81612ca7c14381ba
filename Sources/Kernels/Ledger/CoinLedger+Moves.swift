extension CoinLedger {
  /// Moves a coin from the claim's holder to `node`, or does nothing at all.
  ///
  /// The buyer's count goes from 1 to 0 and the seller's from 0 to 1 in one step. O(1) and one hash.
  ///
  /// - Parameters:
  ///   - claim: the coin, its holder, and the number of its last move.
  ///   - node: the seller.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: the seller's claim, or why nothing happened.
  public mutating func move(_ claim: CoinClaim, to node: Int, at time: Int64) -> MoveOutcome {
    if let refusal = refusal(of: claim) { return .refused(refuse(refusal)) }
    guard isNode(node) else { return .refused(.unknownNode(node)) }
    guard node != claim.holder else { return .refused(.sameNode(node)) }
    let seq = claim.seq + 1
    takeFromPurse(claim.coin)
    record(seq, of: claim.coin, from: Int32(claim.holder), to: Int32(node), at: time)
    putIntoPurse(claim.coin, of: node)
    return .moved(CoinClaim(coin: claim.coin, holder: node, seq: seq))
  }

  /// Takes a coin out of its holder's purse; it is in transit until it is put into one.
  ///
  /// - Returns: the coin, or why it stays where it is.
  public mutating func checkOut(_ claim: CoinClaim) -> CheckOut {
    if let refusal = refusal(of: claim) { return .refused(refuse(refusal)) }
    takeFromPurse(claim.coin)
    return .coin(
      Coin(
        id: coins.ids[claim.coin], denomination: denomination(of: claim.coin), moves: claim.seq,
        trailHead: trails.hash(Int(coins[claim.coin].lastRow)), holder: claim.holder,
        slot: claim.coin, reaper: dropped))
  }

  /// Puts a coin into the purse of `node`, which is its next move.
  ///
  /// A refused coin comes back; a consuming call that threw would have destroyed it.
  ///
  /// - Parameters:
  ///   - coin: a coin of this ledger.
  ///   - node: the seller.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: the seller's claim, or the coin and why it was refused.
  public mutating func deposit(
    _ coin: consuming Coin, to node: Int, at time: Int64
  ) -> Delivery {
    guard coin.isKnown(to: dropped) else { return .bounced(coin, .foreignCoin) }
    guard isNode(node) else { return .bounced(coin, .unknownNode(node)) }
    guard node != coin.holder else { return .bounced(coin, .sameNode(node)) }
    let (slot, seq) = (coin.slot, coin.moves + 1)
    record(seq, of: slot, from: Int32(coin.holder), to: Int32(node), at: time)
    putIntoPurse(slot, of: node)
    coin.enterPurse()
    return .delivered(CoinClaim(coin: slot, holder: node, seq: seq))
  }

  /// Puts a coin back into the purse that it was taken from: no move, no link.
  ///
  /// - Parameter coin: a coin of this ledger.
  /// - Returns: the holder's claim, true as before, or the coin of another ledger.
  public mutating func putBack(_ coin: consuming Coin) -> Delivery {
    guard coin.isKnown(to: dropped) else { return .bounced(coin, .foreignCoin) }
    let claim = CoinClaim(coin: coin.slot, holder: coin.holder, seq: coin.moves)
    putIntoPurse(claim.coin, of: claim.holder)
    coin.enterPurse()
    return .delivered(claim)
  }
}
