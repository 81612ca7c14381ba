extension CoinLedger {
  /// Pays with the buyer's coins, largest denomination first, never more than `amount`.
  ///
  /// No change is given. Greedy choice pays exactly whenever each denomination divides the next and
  /// the coins are there; else it may leave more unpaid than it must: 6 out of {5, 2, 2, 2} pays 5.
  /// O(coins moved + denominations).
  ///
  /// - Parameters:
  ///   - amount: what is owed, at least 0.
  ///   - buyer: the node that pays.
  ///   - seller: the node that is paid.
  ///   - time: nanoseconds of the run's clock.
  /// - Returns: the coins that moved and what is left unpaid.
  /// - Throws: ``LedgerError`` for unknown or equal nodes or an amount below 0.
  public mutating func pay(
    _ amount: Int64, from buyer: Int, to seller: Int, at time: Int64
  ) throws(LedgerError) -> Payment {
    for node in [buyer, seller] where !isNode(node) { throw .unknownNode(node) }
    guard buyer != seller else { throw .sameNode(buyer) }
    guard amount >= 0 else { throw .invalidAmount(amount) }
    var payment = Payment(unpaid: amount)
    for rank in mint.denominations.indices.reversed() {
      let denomination = mint.denominations[rank]
      while payment.unpaid >= denomination, let coin = reserve.top(of: buyer, rank: rank) {
        let claim = CoinClaim(coin: coin, holder: buyer, seq: coins[coin].seq)
        let outcome = move(claim, to: seller, at: time)
        assert(outcome == .moved(CoinClaim(coin: coin, holder: seller, seq: claim.seq + 1)))
        payment.coins.append(coin)
        payment.paid += denomination
        payment.unpaid -= denomination
      }
    }
    return payment
  }
}
