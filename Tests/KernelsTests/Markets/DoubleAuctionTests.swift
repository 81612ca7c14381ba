import Kernels
import TestSupport
import Testing

/// A double auction with a known outcome.
struct KnownAuction: Sendable, CustomTestStringConvertible {
  var name: String
  var auction: DoubleAuction
  var trades: Int
  var priceInterval: [Double]
  var surplus: Double
  var mcAfeePrices: [Double]?
  var mcAfeeTrades: Int?

  var testDescription: String { name }

  static let all: [KnownAuction] = {
    let document = try? SharedData.json("reference/trading_cases.json") as? [String: Any]
    let cases = document?["cases"] as? [[String: Any]] ?? []
    return cases.filter { $0["kind"] as? String == "double-auction" }.compactMap(KnownAuction.init)
  }()

  init?(_ record: [String: Any]) {
    guard let name = record["name"] as? String, let bids = record["bids"] as? [Double],
      let asks = record["asks"] as? [Double], let trades = record["trades"] as? Int,
      let interval = record["price_interval"] as? [Double],
      let surplus = record["surplus"] as? Double,
      let auction = try? DoubleAuction(bids: bids, asks: asks)
    else { return nil }
    self.name = name
    self.auction = auction
    self.trades = trades
    priceInterval = interval
    self.surplus = surplus
    guard let mcafee = record["mcafee"] as? [String: Any],
      let buyerPrice = mcafee["buyer_price"] as? Double,
      let sellerPrice = mcafee["seller_price"] as? Double
    else { return }
    mcAfeePrices = [buyerPrice, sellerPrice]
    mcAfeeTrades = mcafee["trades"] as? Int
  }
}

@Suite struct DoubleAuctionTests {
  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: KnownAuction.all)
  func `a reference auction clears as known`(known: KnownAuction) {
    let outcome = known.auction.cleared()
    #expect(outcome.trades == known.trades)
    #expect(known.auction.clearingPriceMin == known.priceInterval[0])
    #expect(known.auction.clearingPriceMax == known.priceInterval[1])
    #expect(outcome.surplus == known.surplus)
    guard let prices = known.mcAfeePrices else { return }
    let truthful = known.auction.clearedByMcAfee()
    #expect(truthful.trades == known.mcAfeeTrades)
    #expect(truthful.buyerPrice == prices[0])
    #expect(truthful.sellerPrice == prices[1])
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `every reference auction was read`() {
    #expect(KnownAuction.all.map(\.name) == ["da-1", "da-none"])
  }

  @Test func `three of five trade between 6 and 7`() throws {
    let auction = try DoubleAuction(bids: [10, 9, 8, 5, 3], asks: [2, 4, 6, 7, 9])
    let outcome = auction.cleared()
    #expect(outcome.buyers == [0, 1, 2])
    #expect(outcome.sellers == [0, 1, 2])
    #expect(outcome.buyerPrice == 6.5)
    #expect(outcome.surplus == 15)
    #expect(outcome.bought == [1, 1, 1, 0, 0])
    #expect(auction.cleared(weight: 0).buyerPrice == 6)
    #expect(auction.cleared(weight: 1).buyerPrice == 7)
    #expect(auction.clearedByMcAfee().buyerPrice == 6)
  }

  @Test func `McAfee gives up the last trade when its price does not fit`() throws {
    let auction = try DoubleAuction(bids: [9, 8, 1], asks: [2, 7, 100])
    let outcome = auction.clearedByMcAfee()
    #expect(outcome.trades == 1)
    #expect(outcome.buyerPrice == 8)
    #expect(outcome.sellerPrice == 7)
    #expect(outcome.revenue == 1)
    #expect(outcome.surplus == 7)
  }

  @Test func `equal quotes trade in the order of their indices`() throws {
    let auction = try DoubleAuction(bids: [5, 5, 5], asks: [5, 1])
    #expect(auction.buyerRanking == [0, 1, 2])
    #expect(auction.sellerRanking == [1, 0])
    #expect(auction.cleared().buyers == [0, 1])
    #expect(auction.cleared().sold == [1, 1])
    #expect(auction.cleared().buyerPrice == 5)
  }

  @Test func `an empty side trades nothing`() throws {
    for auction in [
      try DoubleAuction(bids: [], asks: []), try DoubleAuction(bids: [1], asks: []),
      try DoubleAuction(bids: [], asks: [1]),
    ] {
      #expect(auction.cleared().trades == 0)
      #expect(auction.cleared().buyerPrice == nil)
      #expect(auction.clearedByMcAfee().trades == 0)
      #expect(auction.clearedByMcAfee().revenue == 0)
    }
  }

  @Test func `a lone pair trades at once, but not by McAfee`() throws {
    let auction = try DoubleAuction(bids: [3], asks: [1])
    #expect(auction.cleared().buyerPrice == 2)
    #expect(auction.clearedByMcAfee().trades == 0)
  }

  @Test func `quotes that are no numbers are named`() {
    #expect(throws: MarketError.invalidBid(buyer: 1, value: .infinity)) {
      try DoubleAuction(bids: [1, .infinity], asks: [])
    }
    #expect(throws: MarketError.invalidAsk(seller: 0, value: -.infinity)) {
      try DoubleAuction(bids: [1], asks: [-.infinity])
    }
  }

  /// Quotes from a small range, so that there are ties.
  private func random(_ instance: MarketInstance) throws -> DoubleAuction {
    var draw = instance.sequence()
    let asks = 1 + draw.index(below: instance.size)
    return try DoubleAuction(
      bids: (0..<instance.size).map { _ in Double(draw.index(below: 12)) },
      asks: (0..<asks).map { _ in Double(draw.index(below: 12)) })
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 3, 8, 50], seeds: 0..<20))
  func `both mechanisms are individually rational and without deficit`(instance: MarketInstance)
    throws
  {
    let auction = try random(instance)
    let (uniform, truthful) = (auction.cleared(), auction.clearedByMcAfee())
    for outcome in [uniform, truthful] {
      #expect(outcome.isIndividuallyRational)
      #expect(outcome.revenue >= 0)
      #expect(outcome.bought.reduce(0, +) == outcome.sold.reduce(0, +))
    }
    #expect(uniform.revenue == 0)
    #expect(truthful.trades >= uniform.trades - 1)
    #expect(truthful.trades <= uniform.trades)
    #expect(auction.clearingPriceMin <= auction.clearingPriceMax)
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 3, 4, 5], seeds: 0..<20))
  func `no other matching has more surplus`(instance: MarketInstance) throws {
    let auction = try random(instance)
    #expect(auction.cleared().surplus == bestSurplus(auction.bids[...], auction.asks[...]))
  }

  /// The best surplus over all matchings, by trying every partner of the first buyer.
  private func bestSurplus(_ bids: ArraySlice<Double>, _ asks: ArraySlice<Double>) -> Double {
    guard let bid = bids.first else { return 0 }
    let rest = bids.dropFirst()
    return asks.indices.reduce(bestSurplus(rest, asks)) { best, seller in
      max(best, bid - asks[seller] + bestSurplus(rest, asks[..<seller] + asks[(seller + 1)...]))
    }
  }

  @Test(arguments: MarketInstance.grid(sizes: [1, 2, 3, 5], seeds: 0..<20))
  func `nobody gains by a false quote under McAfee`(instance: MarketInstance) throws {
    let auction = try random(instance)
    let truthful = auction.clearedByMcAfee()
    for lie in stride(from: -0.5, through: 12.5, by: 0.5) {
      for buyer in auction.bids.indices {
        var bids = auction.bids
        bids[buyer] = lie
        let other = try DoubleAuction(bids: bids, asks: auction.asks).clearedByMcAfee()
        let value = auction.bids[buyer]
        #expect(gain(other, buyer, value: value) <= gain(truthful, buyer, value: value))
      }
      for seller in auction.asks.indices {
        var asks = auction.asks
        asks[seller] = lie
        let other = try DoubleAuction(bids: auction.bids, asks: asks).clearedByMcAfee()
        let cost = auction.asks[seller]
        #expect(gain(other, seller, cost: cost) <= gain(truthful, seller, cost: cost))
      }
    }
  }

  private func gain(_ outcome: DoubleAuctionOutcome, _ buyer: Int, value: Double) -> Double {
    outcome.bought[buyer] == 1 ? value - (outcome.buyerPrice ?? 0) : 0
  }

  private func gain(_ outcome: DoubleAuctionOutcome, _ seller: Int, cost: Double) -> Double {
    outcome.sold[seller] == 1 ? (outcome.sellerPrice ?? 0) - cost : 0
  }
}
