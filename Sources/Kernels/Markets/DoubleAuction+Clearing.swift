extension DoubleAuction {
  /// The lowest price that clears the market: `max(ask_k, bid_k+1)`; infinite if unbounded.
  public var clearingPriceMin: Double {
    max(ask(rank: efficientTrades), bid(rank: efficientTrades + 1))
  }

  /// The highest price that clears the market: `min(bid_k, ask_k+1)`; infinite if unbounded.
  public var clearingPriceMax: Double {
    min(bid(rank: efficientTrades), ask(rank: efficientTrades + 1))
  }

  /// All efficient trades at one clearing price.
  ///
  /// Efficient, individually rational and balanced; the trader at the margin can gain by a false
  /// quote.
  ///
  /// - Parameter weight: where the price lies between the lowest (0) and the highest (1).
  /// - Returns: the efficient trades at that price, or none.
  public func cleared(weight: Double = 0.5) -> DoubleAuctionOutcome {
    precondition((0...1).contains(weight), "a weight lies in 0 ... 1")
    guard efficientTrades > 0 else { return outcome(trades: 0, buyerPrice: 0, sellerPrice: 0) }
    let price = (1 - weight) * clearingPriceMin + weight * clearingPriceMax
    return outcome(trades: efficientTrades, buyerPrice: price, sellerPrice: price)
  }

  /// McAfee's mechanism: no trader gains by a false quote, and at most one trade is given up.
  ///
  /// With `p0 = (bid_k+1 + ask_k+1) / 2` all `k` trade at `p0` if `ask_k <= p0 <= bid_k`. Else, and
  /// where rank `k + 1` is missing on a side, `k - 1` trade: buyers pay `bid_k`, sellers get
  /// `ask_k`, and the mechanism keeps the difference.
  public func clearedByMcAfee() -> DoubleAuctionOutcome {
    let k = efficientTrades
    guard k > 0 else { return outcome(trades: 0, buyerPrice: 0, sellerPrice: 0) }
    let price = bid(rank: k + 1) / 2 + ask(rank: k + 1) / 2
    if price.isFinite, ask(rank: k) <= price, price <= bid(rank: k) {
      return outcome(trades: k, buyerPrice: price, sellerPrice: price)
    }
    return outcome(trades: k - 1, buyerPrice: bid(rank: k), sellerPrice: ask(rank: k))
  }

  /// The first `trades` of both rankings trade.
  private func outcome(
    trades: Int, buyerPrice: Double, sellerPrice: Double
  ) -> DoubleAuctionOutcome {
    DoubleAuctionOutcome(
      auction: self, buyers: Array(buyerRanking.prefix(trades)),
      sellers: Array(sellerRanking.prefix(trades)),
      buyerPrice: trades > 0 ? buyerPrice : nil, sellerPrice: trades > 0 ? sellerPrice : nil)
  }
}
