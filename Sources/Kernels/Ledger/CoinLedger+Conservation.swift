extension CoinLedger {
  /// Where all the money is, from running sums.
  ///
  /// A coin that was dropped counts as retired from that moment.
  public func conservation() -> Conservation {
    var found = figures
    for coin in dropped.pending {
      let amount = Conservation.Amount(coins: 1, value: denomination(of: coin))
      found.inTransit = found.inTransit - amount
      found.retired = found.retired + amount
    }
    return found
  }

  /// Where all the money is, counted coin by coin.
  ///
  /// Equal to ``conservation()``, but O(coins).
  public func recount() -> Conservation {
    var found = Conservation()
    var isDropped = Array(repeating: false, count: coinCount)
    for coin in dropped.pending { isDropped[coin] = true }
    for coin in 0..<coinCount {
      let amount = Conservation.Amount(coins: 1, value: denomination(of: coin))
      let state = isDropped[coin] ? CoinState.retired : coins[coin].state
      found.minted = found.minted + amount
      found[state] = found[state] + amount
    }
    return found
  }

  /// In how many purses each coin is, found by opening every purse; O(coins + nodes).
  ///
  /// 1 for a coin that is held and 0 for any other, never more. Purses hold coins at random, so counts are
  /// of one byte: they stay in the cache.
  public func referenceCounts() -> [UInt8] {
    var counts = Array(repeating: UInt8(0), count: coinCount)
    for node in 0..<nodeCount {
      for coin in reserve.coins(of: node) { counts[coin] += 1 }
    }
    return counts
  }
}
