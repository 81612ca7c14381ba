extension CoinLedger {
  /// Why a claim cannot be honoured, or nil: the compare of every compare-and-set.
  func refusal(of claim: CoinClaim) -> MoveRefusal? {
    guard isCoin(claim.coin) else { return .unknownCoin(claim.coin) }
    let state = coins[claim.coin].state
    guard state == .held else { return .notInPurse(state) }
    let (holder, seq) = (Int(coins[claim.coin].holder), coins[claim.coin].seq)
    return holder == claim.holder && seq == claim.seq ? nil : .spent(holder: holder, seq: seq)
  }

  /// Counts a refusal if it is a double spend.
  mutating func refuse(_ refusal: MoveRefusal) -> MoveRefusal {
    if refusal.isDoubleSpend { doubleSpendsRefused += 1 }
    return refusal
  }

  /// The holder's count of the coin goes from 1 to 0.
  mutating func takeFromPurse(_ coin: Int) {
    let rank = Int(coins[coin].rank)
    let holder = Int(coins[coin].holder)
    reserve.take(coin, worth: mint.denominations[rank], rank: rank, from: holder)
    enter(.inTransit, coin)
  }

  /// The node's count of the coin goes from 0 to 1.
  mutating func putIntoPurse(_ coin: Int, of node: Int) {
    let rank = Int(coins[coin].rank)
    reserve.put(coin, worth: mint.denominations[rank], rank: rank, into: node)
    coins[coin].holder = Int32(node)
    enter(.held, coin)
  }

  /// The coin has no reference any more.
  mutating func retire(_ coin: Int) {
    enter(.retired, coin)
    mint.withdraw(denomination(of: coin))
    retired.append(coin)
  }

  mutating func enter(_ state: CoinState, _ coin: Int) {
    let amount = Conservation.Amount(coins: 1, value: denomination(of: coin))
    let left = coins[coin].state
    figures[left] = figures[left] - amount
    figures[state] = figures[state] + amount
    coins[coin].state = state
  }

  /// Adds the link of move number `seq` to the coin's trail.
  mutating func record(_ seq: UInt32, of coin: Int, from: Int32, to: Int32, at time: Int64) {
    coins[coin].seq = seq
    coins[coin].lastRow = trails.append(
      TrailEntry(seq: seq, from: from, to: to, time: time), after: coins[coin].lastRow,
      of: coins.ids[coin], worth: denomination(of: coin))
  }
}
