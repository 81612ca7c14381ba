import Kernels
public import Pipeline

/// Pays for the traffic in coins that cannot be copied, and shows that no money was lost or made
/// (requirements N26-N32).
///
/// Clients start with coins worth their budgets. Each charged reply is paid in the order of service
/// with the coins at hand. What they cannot make up is paid with the next larger coin if the node has
/// the change; else it stays unpaid, and is counted. Some payers try to spend a coin again. At the
/// end nodes may return coins to the mint, whose reaper destroys each once.
public struct Ledger: Stage {
  public static let name = "ledger"
  public static let revision = 1
  public static let summary = "pays for the traffic in coins and checks that money is conserved"
  static let events = InputSlot("events", TrafficArtifact.self, "the messages that are charged for")
  static let population = InputSlot(
    "population", PopulationArtifact.self, isRequired: false,
    "budgets of clients and values of replies; the parameter budget if absent")
  public static let inputs = [events, population]
  public static let outputs: [OutputPort] = [
    .main(LedgerArtifact.self), .named("edges", MoneyEdges.self),
  ]

  /// More coins would not fit the memory of a common machine.
  static let coinsMax = 100_000_000

  let parameters: Parameters
  let coinage: Coinage

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard Set(parameters.denominations).count == parameters.denominations.count else {
      throw ParameterError("denominations", "a denomination comes twice")
    }
    self.parameters = parameters
    coinage = Coinage(parameters.denominations, smallShare: parameters.smallShare)
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let population = try inputs.openIfGiven(Self.population)
    let worth = try population?.read(PopulationArtifact.serviceValue)
    let orders = try PaymentOrders(inputs.open(Self.events), worth: worth)
    let budgets = try budgets(population, clients: orders.clientCount)
    let purses = try purses(budgets)
    var replay = try LedgerReplay(
      clients: orders.clientCount, nodes: orders.nodeCount,
      denominations: coinage.denominations, givesChange: parameters.change, seed: context.seed)
    try replay.mint(
      purses, denominations: coinage.denominations, payments: orders.orders.count)
    replay.checkConservation()
    let opening = replay.balances()
    let totals = try pay(orders.orders, with: &replay, to: outputs, context)
    try outputs.named("edges").write(
      MoneyEdges.accountCount, orders.clientCount + orders.nodeCount)
    replay.checkConservation()
    replay.retire(share: parameters.retireShare, at: orders.orders.last?.time ?? 0)
    replay.checkConservation()
    try write(replay, opening: opening, clients: orders.clientCount, to: outputs.main)
    try write(totals, orders, replay, to: outputs.main, threads: context.threads)
    let unminted = budgets.reduce(0, +) - opening.reduce(0, +)
    try outputs.main.write(LedgerArtifact.unminted, Int(unminted))
  }

  /// What each client owns at the start, in coin.
  private func budgets(_ population: ArtifactReader?, clients: Int) throws -> [Int64] {
    guard let population else {
      return [Int64](repeating: Int64(parameters.budget), count: clients)
    }
    let budgets = try population.read(PopulationArtifact.clientBudget)
    guard budgets.count == clients else {
      throw DataError(
        Self.population.name, expected: "\(clients) clients, as in the events",
        found: "\(budgets.count): another population's")
    }
    return budgets
  }

  /// How many coins of each denomination each client gets.
  private func purses(_ budgets: [Int64]) throws(DataError) -> [[Int]] {
    var purses: [[Int]] = []
    var coins = 0
    for budget in budgets {
      let counts = coinage.counts(for: budget)
      coins += counts.reduce(0, +)
      guard coins <= Self.coinsMax else {
        throw DataError(
          "budgets", expected: "at most \(Self.coinsMax) coins in these denominations",
          found: "more; larger denominations or a smaller small_share help")
      }
      purses.append(counts)
    }
    return purses
  }

  /// Payments that have been settled.
  struct Settled {
    let orders: ArraySlice<PaymentOrders.Order>
    let receipts: [LedgerReplay.Receipt]
    let clientCount: Int
  }

  /// Settles all payments in chunks, so that their columns never stand in memory as a whole.
  private func pay(
    _ orders: [PaymentOrders.Order], with replay: inout LedgerReplay, to outputs: StageOutputs,
    _ context: StageContext
  ) throws -> Totals {
    try outputs.writing(isConcurrent: context.threads > 1) { (settled: Settled, outputs) in
      try write(settled, to: outputs.main)
      try writeEdges(settled, to: outputs.named("edges"))
    } while: { handOver in
      var totals = Totals()
      var start = 0
      repeat {
        let chunk = orders[start..<min(start + 8192, orders.count)]
        var receipts: [LedgerReplay.Receipt] = []
        for order in chunk {
          receipts.append(try replay.settle(order, cheatRate: parameters.doubleSpendRate))
        }
        totals.add(receipts)
        try handOver(
          Settled(orders: chunk, receipts: receipts, clientCount: replay.clientCount))
        start += chunk.count
        try context.progress(Double(start) / Double(max(1, orders.count)), "\(start) payments")
      } while start < orders.count
      return totals
    }
  }
}
