import Kernels
public import Pipeline

/// Trades each service type in a double auction, with traders between clients and nodes
/// (requirement N28).
///
/// Every client bids for one unit of each type that it wants, every node that offers a type asks
/// for one. Types are auctioned one after another, so that a client bids no more than it still has.
/// The trades with their prices are the edges of the money-flow graph.
///
/// Source: McAfee, "A dominant strategy double auction", JET 1992; Easley and Kleinberg, "Networks,
/// Crowds, and Markets", chapter 11.
public struct Trading: Stage {
  public static let name = "trading"
  public static let revision = 1
  public static let summary = "sells each service type in a double auction, through traders"
  static let population = InputSlot(
    "population", PopulationArtifact.self, "who wants, offers and owns what")
  static let ledger = InputSlot(
    "ledger", LedgerArtifact.self, isRequired: false,
    "closing balances of clients as budgets; those of the population if absent")
  public static let inputs = [population, ledger]
  public static let outputs: [OutputPort] = [.main(TradingArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    typealias A = PopulationArtifact
    let population = try inputs.open(Self.population)
    let quotes = try QuoteLaw(population, buyersMax: parameters.buyersMax, seed: context.seed)
    let network = TraderNetwork(
      clients: Int(try population.scalar(A.clientCount)),
      nodes: Int(try population.scalar(A.nodeCount)), traders: parameters.traders,
      seed: context.seed)
    let budgets = try budgets(
      population, inputs.openIfGiven(Self.ledger), clients: network.clientCount)
    let (markets, purses) = try auction(quotes, budgets, context)
    let trades = markets.flatMap(\.trades)
    try outputs.main.write(TradingArtifact.serviceName, population.read(A.serviceName))
    try write(markets, to: outputs.main)
    try write(trades, network, to: outputs.main)
    try write(network.flows(of: trades), to: outputs.main)
    try write(markets, trades, overspent: purses.count { $0 < 0 }, network, to: outputs.main)
  }

  /// What each client may spend, in coin.
  private func budgets(
    _ population: ArtifactReader, _ ledger: ArtifactReader?, clients: Int
  ) throws -> [Double] {
    guard let ledger else {
      return try population.read(PopulationArtifact.clientBudget).map(Double.init)
    }
    let kinds = try ledger.read(LedgerArtifact.accountKind)
    let balances = try ledger.read(LedgerArtifact.closing)
    let found = kinds.count { $0 == AccountKind.client.code }
    guard found == clients else {
      throw DataError(
        Self.ledger.name, expected: "\(clients) clients, as in the population",
        found: "\(found): another population's")
    }
    return balances.prefix(clients).map(Double.init)
  }

  /// Holds the auctions; returns them and what each client has left.
  private func auction(
    _ quotes: QuoteLaw, _ budgets: [Double], _ context: StageContext
  ) throws -> (markets: [ServiceMarket], purses: [Double]) {
    var purses = budgets
    var markets: [ServiceMarket] = []
    for service in 0..<quotes.serviceCount {
      try context.progress(Double(service) / Double(quotes.serviceCount), "type \(service)")
      let market = try ServiceMarket(
        service: service, bids: quotes.bids(service: service, budgets: purses),
        asks: quotes.asks(service: service), parameters)
      for trade in market.trades { purses[Int(trade.buyer)] -= trade.buyerPrice }
      markets.append(market)
    }
    return (markets, purses)
  }
}
