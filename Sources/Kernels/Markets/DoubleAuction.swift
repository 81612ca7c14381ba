/// A double auction: every buyer bids for one unit, every seller asks for one.
///
///     let auction = try DoubleAuction(bids: [10, 9, 8, 5, 3], asks: [2, 4, 6, 7, 9])
///     let uniform = auction.cleared()  // 3 trades at 6.5, a price in 6 ... 7
///     let truthful = auction.clearedByMcAfee()
///
/// Buyers rank by falling bid, sellers by rising ask, equals by index, so an outcome never depends
/// on anything but the order of the traders. Ranking costs O(n log n).
///
/// Source: McAfee, "A dominant strategy double auction", JET 1992.
public struct DoubleAuction: Sendable, Equatable {
  /// What each buyer would pay at most, in money per unit.
  public let bids: [Double]
  /// What each seller would take at least, in money per unit.
  public let asks: [Double]
  /// Buyers by falling bid.
  public let buyerRanking: [Int]
  /// Sellers by rising ask.
  public let sellerRanking: [Int]
  /// The last rank `k` (counted from 1) with bid at least ask: how many trades are efficient.
  public let efficientTrades: Int

  /// - Throws: ``MarketError`` for the first bid or ask that is NaN or infinite. Either side may be
  ///   empty.
  public init(bids: [Double], asks: [Double]) throws(MarketError) {
    for (buyer, bid) in bids.enumerated() where !bid.isFinite {
      throw .invalidBid(buyer: buyer, value: bid)
    }
    for (seller, ask) in asks.enumerated() where !ask.isFinite {
      throw .invalidAsk(seller: seller, value: ask)
    }
    self.bids = bids
    self.asks = asks
    let buyers = bids.indices.sorted { bids[$0] != bids[$1] ? bids[$0] > bids[$1] : $0 < $1 }
    let sellers = asks.indices.sorted { asks[$0] != asks[$1] ? asks[$0] < asks[$1] : $0 < $1 }
    efficientTrades = zip(buyers, sellers).prefix { bids[$0] >= asks[$1] }.count
    (buyerRanking, sellerRanking) = (buyers, sellers)
  }

  /// The bid of rank `rank`, from 1; minus infinity after the last and infinity before the first.
  func bid(rank: Int) -> Double {
    guard rank > 0 else { return .infinity }
    return rank <= bids.count ? bids[buyerRanking[rank - 1]] : -.infinity
  }

  /// The ask of rank `rank`, from 1; infinity after the last and minus infinity before the first.
  func ask(rank: Int) -> Double {
    guard rank > 0 else { return -.infinity }
    return rank <= asks.count ? asks[sellerRanking[rank - 1]] : .infinity
  }
}
