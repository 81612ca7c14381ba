import Kernels

/// The double auction of one service type, with the names of those who quote in it.
struct ServiceMarket {
  let service: Int
  /// The clients behind `auction.bids`.
  let buyers: [Int32]
  /// The nodes behind `auction.asks`.
  let sellers: [Int32]
  let auction: DoubleAuction
  let outcome: DoubleAuctionOutcome

  init(
    service: Int, bids: [(client: Int32, price: Double)], asks: [(node: Int32, price: Double)],
    _ parameters: Trading.Parameters
  ) throws {
    self.service = service
    buyers = bids.map(\.client)
    sellers = asks.map(\.node)
    auction = try DoubleAuction(bids: bids.map(\.price), asks: asks.map(\.price))
    outcome =
      switch parameters.mechanism {
      case .kDouble: auction.cleared(weight: parameters.priceWeight)
      case .mcafee: auction.clearedByMcAfee()
      }
  }

  /// Bids less asks if every efficient trade took place.
  var efficientSurplus: Double { auction.cleared().surplus }

  var trades: [Trade] {
    zip(outcome.buyers, outcome.sellers).map { buyer, seller in
      Trade(
        service: Int32(service), buyer: buyers[buyer], seller: sellers[seller],
        bid: auction.bids[buyer], ask: auction.asks[seller],
        buyerPrice: outcome.buyerPrice ?? 0, sellerPrice: outcome.sellerPrice ?? 0)
    }
  }
}
