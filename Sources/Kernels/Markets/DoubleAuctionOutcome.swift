/// Who trades in a double auction, and at which prices.
public struct DoubleAuctionOutcome: Sendable, Equatable {
  let auction: DoubleAuction
  /// The buyers who get a unit, by rank.
  public let buyers: [Int]
  /// The sellers who give one, by rank; `sellers[r]` may deliver to `buyers[r]`.
  public let sellers: [Int]
  /// What every buyer here pays; nil without trades.
  public let buyerPrice: Double?
  /// What every seller here receives; nil without trades.
  public let sellerPrice: Double?

  public var trades: Int { buyers.count }

  /// Value created: bids less asks of those who trade, at their quotes.
  public var surplus: Double {
    zip(buyers, sellers).reduce(0) { $0 + (auction.bids[$1.0] - auction.asks[$1.1]) }
  }

  /// Money that the mechanism keeps; below 0 it would run a deficit.
  public var revenue: Double {
    Double(trades) * ((buyerPrice ?? 0) - (sellerPrice ?? 0))
  }

  /// Units that each buyer gets, 0 or 1, by buyer.
  public var bought: [Int] { units(buyers, of: auction.bids.count) }

  /// Units that each seller gives, 0 or 1, by seller.
  public var sold: [Int] { units(sellers, of: auction.asks.count) }

  /// No buyer pays more than its bid and no seller gets less than its ask.
  public var isIndividuallyRational: Bool {
    buyers.allSatisfy { auction.bids[$0] >= buyerPrice ?? 0 }
      && sellers.allSatisfy { auction.asks[$0] <= sellerPrice ?? 0 }
  }

  private func units(_ traders: [Int], of count: Int) -> [Int] {
    var units = Array(repeating: 0, count: count)
    for trader in traders { units[trader] = 1 }
    return units
  }
}
