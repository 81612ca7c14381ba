import Kernels
import Pipeline

extension Trading {
  func write(_ markets: [ServiceMarket], to artifact: ArtifactWriter) throws {
    typealias A = TradingArtifact
    try artifact.write(A.buyers, markets.map { Int64($0.buyers.count) })
    try artifact.write(A.sellers, markets.map { Int64($0.sellers.count) })
    try artifact.write(A.serviceTrades, markets.map { Int64($0.outcome.trades) })
    try artifact.write(A.efficientTrades, markets.map { Int64($0.auction.efficientTrades) })
    try artifact.write(A.priceLow, markets.map(\.auction.clearingPriceMin))
    try artifact.write(A.priceHigh, markets.map(\.auction.clearingPriceMax))
    try artifact.write(A.surplus, markets.map(\.outcome.surplus))
    try artifact.write(A.efficientSurplus, markets.map(\.efficientSurplus))
    try artifact.write(
      A.efficiency, markets.map { Self.share($0.outcome.surplus, of: $0.efficientSurplus) })
    try artifact.write(A.revenue, markets.map(\.outcome.revenue))
    for market in markets { try write(curvesOf: market, to: artifact) }
  }

  private func write(curvesOf market: ServiceMarket, to artifact: ArtifactWriter) throws {
    typealias A = TradingArtifact
    let auction = market.auction
    let sides = [
      QuoteCurve(auction.buyerRanking.map { auction.bids[$0] }),
      QuoteCurve(auction.sellerRanking.map { auction.asks[$0] }),
    ]
    for (side, curve) in sides.enumerated() {
      let count = curve.ranks.count
      try artifact.append(A.curveService, [Int32](repeating: Int32(market.service), count: count))
      try artifact.append(A.curveSide, [Int8](repeating: Int8(side), count: count))
      try artifact.append(A.curveRank, curve.ranks.map(Int64.init))
      try artifact.append(A.curvePrice, curve.prices)
    }
  }

  func write(_ trades: [Trade], _ network: TraderNetwork, to artifact: ArtifactWriter) throws {
    typealias A = TradingArtifact
    try artifact.write(A.tradeService, trades.map(\.service))
    try artifact.write(A.buyer, trades.map(\.buyer))
    try artifact.write(A.seller, trades.map(\.seller))
    try artifact.write(A.trader, trades.map { network.trader(ofBuyer: $0.buyer) })
    try artifact.write(A.sellerTrader, trades.map { network.trader(ofSeller: $0.seller) })
    try artifact.write(A.bid, trades.map(\.bid))
    try artifact.write(A.ask, trades.map(\.ask))
    try artifact.write(A.buyerPrice, trades.map(\.buyerPrice))
    try artifact.write(A.sellerPrice, trades.map(\.sellerPrice))
  }

  func write(_ flows: [TraderNetwork.Flow], to artifact: ArtifactWriter) throws {
    typealias A = TradingArtifact
    try artifact.write(A.payer, flows.map(\.payer))
    try artifact.write(A.payee, flows.map(\.payee))
    try artifact.write(A.amount, flows.map(\.amount))
  }

  func write(
    _ markets: [ServiceMarket], _ trades: [Trade], overspent: Int, _ network: TraderNetwork,
    to artifact: ArtifactWriter
  ) throws {
    typealias A = TradingArtifact
    let surplus = markets.reduce(0) { $0 + $1.outcome.surplus }
    let violations = trades.count { !$0.isRational }
    try artifact.write(A.clientCount, network.clientCount)
    try artifact.write(A.nodeCount, network.nodeCount)
    try artifact.write(A.traderCount, network.traderCount)
    try artifact.write(A.trades, trades.count)
    try artifact.write(A.volume, trades.reduce(0) { $0 + $1.buyerPrice })
    try artifact.write(A.surplusTotal, surplus)
    try artifact.write(
      A.efficiencyTotal,
      Self.share(surplus, of: markets.reduce(0) { $0 + $1.efficientSurplus }))
    try artifact.write(A.traderRevenue, markets.reduce(0) { $0 + $1.outcome.revenue })
    try artifact.write(A.deficit, markets.reduce(0) { $0 + max(0, -$1.outcome.revenue) })
    try artifact.write(A.isRational, violations == 0 ? 1 : 0)
    try artifact.write(A.violations, violations)
    try artifact.write(A.overspent, overspent)
  }

  /// 1 where there is nothing to have a share of.
  private static func share(_ part: Double, of whole: Double) -> Double {
    whole > 0 ? part / whole : 1
  }
}
