public import Pipeline

/// What was traded in the auctions, at which prices, and which way the money went.
///
/// Accounts are numbered clients first, then nodes, then traders.
public enum TradingArtifact: Artifact {
  static let service = Dimension("service", "a service type: one auction each")
  static let trade = Dimension("trade", "a unit sold, by type and rank")
  static let edge = Dimension("edge", "a flow of money, by payer and payee")
  static let curve = Dimension("curve", "a point of a demand or supply curve")

  static let tradeService = Column<Int32>("trade_service", trade, unit: "1", "number of the type")
  static let buyer = Column<Int32>("trade_buyer", trade, unit: "1", "number of the client")
  static let seller = Column<Int32>("trade_seller", trade, unit: "1", "number of the node")
  static let trader = Column<Int32>(
    "trade_trader", trade, unit: "1", "the buyer's trader, who keeps the price difference")
  static let sellerTrader = Column<Int32>(
    "trade_seller_trader", trade, unit: "1", "the seller's trader, who passes the money on")
  static let bid = Column<Double>("trade_bid", trade, unit: "coin", "most that the buyer would pay")
  static let ask = Column<Double>("trade_ask", trade, unit: "coin", "least the seller would take")
  static let buyerPrice = Column<Double>(
    "trade_buyer_price", trade, unit: "coin", "what the buyer paid")
  static let sellerPrice = Column<Double>(
    "trade_seller_price", trade, unit: "coin", "what the seller got")

  static let serviceName = Column<String>("service_name", service, text: "name of the type")
  static let buyers = Column<Int64>("service_buyers", service, unit: "1", "clients who bid")
  static let sellers = Column<Int64>("service_sellers", service, unit: "1", "nodes that asked")
  static let serviceTrades = Column<Int64>("service_trades", service, unit: "1", "units sold")
  static let efficientTrades = Column<Int64>(
    "service_efficient_trades", service, unit: "1", "trades at which the surplus is largest")
  static let priceLow = Column<Double>(
    "service_price_low", service, unit: "coin",
    "lowest price that clears the market; minus infinity for none")
  static let priceHigh = Column<Double>(
    "service_price_high", service, unit: "coin",
    "highest price that clears the market; infinite for none")
  static let surplus = Column<Double>(
    "service_surplus", service, unit: "coin", "bids less asks of those who traded")
  static let efficientSurplus = Column<Double>(
    "service_efficient_surplus", service, unit: "coin", "largest surplus that could be had")
  static let efficiency = Column<Double>(
    "service_efficiency", service, unit: "1",
    "surplus per largest surplus; 1 where there is none")
  static let revenue = Column<Double>(
    "service_revenue", service, unit: "coin", "what the traders keep")

  static let payer = Column<Int32>("edge_payer", edge, unit: "1", "account that pays")
  static let payee = Column<Int32>("edge_payee", edge, unit: "1", "account that is paid")
  static let amount = Column<Double>("edge_amount", edge, unit: "coin", "money that flows in all")

  static let curveService = Column<Int32>("curve_service", curve, unit: "1", "number of the type")
  static let curveSide = Column<Int8>(
    "curve_side", curve, flags: ["demand", "supply"], "whether it is a bid or an ask")
  static let curveRank = Column<Int64>(
    "curve_rank", curve, unit: "1", "units demanded or supplied at this price, from 1")
  static let curvePrice = Column<Double>(
    "curve_price", curve, unit: "coin", "the bid or ask of this rank")

  static let clientCount = Column<Int64>("client_count", unit: "1", "number of clients")
  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let traderCount = Column<Int64>("trader_count", unit: "1", "number of traders")
  static let trades = Column<Int64>("trades", unit: "1", "units sold of all types")
  static let volume = Column<Double>("volume", unit: "coin", "money that buyers paid")
  static let surplusTotal = Column<Double>("surplus", unit: "coin", "surplus of all auctions")
  static let efficiencyTotal = Column<Double>(
    "efficiency", unit: "1", "surplus per largest surplus of all auctions; 1 where there is none")
  static let traderRevenue = Column<Double>(
    "trader_revenue", unit: "coin", "what the traders keep of all auctions")
  static let deficit = Column<Double>(
    "deficit", unit: "coin", "what the auctions that lost money had to add; must be 0")
  static let isRational = Column<Int64>(
    "individually_rational", unit: "1", "1 if nobody traded beyond a bid or ask, else 0")
  static let violations = Column<Int64>(
    "rationality_violations", unit: "1", "trades beyond the buyer's bid or the seller's ask")
  static let overspent = Column<Int64>(
    "budget_violations", unit: "1", "clients who paid more than their budgets")

  public static let schema = ArtifactSchema(
    "trading", "Trades and prices of double auctions, and the flow of money through traders",
    [
      tradeService.entry, buyer.entry, seller.entry, trader.entry, sellerTrader.entry, bid.entry,
      ask.entry, buyerPrice.entry, sellerPrice.entry, serviceName.entry, buyers.entry,
      sellers.entry, serviceTrades.entry, efficientTrades.entry, priceLow.entry, priceHigh.entry,
      surplus.entry, efficientSurplus.entry, efficiency.entry, revenue.entry, payer.entry,
      payee.entry, amount.entry, curveService.entry, curveSide.entry, curveRank.entry,
      curvePrice.entry, clientCount.entry, nodeCount.entry, traderCount.entry, trades.entry,
      volume.entry, surplusTotal.entry, efficiencyTotal.entry, traderRevenue.entry,
      deficit.entry, isRational.entry, violations.entry, overspent.entry,
    ])
}
