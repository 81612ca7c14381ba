import Kernels
import Pipeline

extension Equilibrium {
  /// A market, what its values mean, and what else a file says of it.
  struct Given: Sendable {
    var market: FisherMarket
    let utility: MarketUtility
    /// The market's exact numbers, where a file has some.
    var exact: RationalMarket?
    /// What traders bring, where they own the goods.
    var endowments: [[Double]]?
    /// The market itself where spending is constrained; `market` has its pairs.
    var spending: SpendingMarket?

    var model: Model { spending == nil ? utility.model : .spending }

    /// The same with one unit of money for each buyer.
    var withEqualBudgets: Given {
      var given = self
      given.market = market.withBudgets(Array(repeating: 1, count: market.buyerCount))
      return given
    }
  }

  /// A market with the budgets that were spent, its answer, and the rounds that led to the budgets.
  struct Solved: Sendable {
    let market: FisherMarket
    let answer: MarketEquilibrium
    var exchange: ExchangeMarket.Answer?
    /// Money on each segment, where spending is constrained.
    var segmentSpending: [Double]?
  }

  /// Solves the market with the money that the parameters name.
  func solve(_ given: Given, _ context: StageContext) throws -> Solved {
    let solved =
      if let market = given.spending {
        try constrained(given, market)
      } else {
        try parameters.money == .endowment ? exchanged(given) : spent(given, context)
      }
    guard solved.answer.status != .cancelled else { throw CancellationError() }
    return solved
  }

  private func spent(_ given: Given, _ context: StageContext) -> Solved {
    let solver = MarketSolver(
      gapMax: parameters.gap, sweepsMax: parameters.sweepsMax, threads: context.threads)
    return Solved(
      market: given.market,
      answer: solver.solve(given.market, given.utility) { Task.isCancelled })
  }

  private func constrained(_ given: Given, _ market: SpendingMarket) throws -> Solved {
    let answer = market.solve(gapMax: parameters.gap, sweepsMax: parameters.sweepsMax) {
      Task.isCancelled
    }
    try Task.checkCancellation()
    return Solved(
      market: given.market, answer: market.equilibrium(of: answer, gapMax: parameters.gap),
      segmentSpending: answer.spending)
  }

  private func exchanged(_ given: Given) throws(DataError) -> Solved {
    guard let endowments = given.endowments else {
      throw DataError(
        "instance", at: "endowments", expected: "what each buyer brings, as money is an endowment",
        found: "none")
    }
    let exchange: ExchangeMarket
    do throws(MarketError) {
      exchange = try ExchangeMarket(
        values: given.market.matrix(given.market.values), endowments: endowments)
    } catch {
      throw DataError(error, in: "instance")
    }
    let answer = exchange.solve(given.utility) { Task.isCancelled }
    return Solved(market: answer.market, answer: answer.equilibrium, exchange: answer)
  }

  /// Lets prices move with demand and supply, from equal ones that all money could pay (N38).
  func walk(
    _ market: FisherMarket, _ utility: MarketUtility
  ) throws(DataError) -> Tatonnement.Path? {
    guard parameters.tatonnementSteps > 0 else { return nil }
    let cells = market.goodCount.multipliedReportingOverflow(by: parameters.tatonnementSteps)
    guard !cells.overflow, cells.partialValue <= Self.walkMax else {
      throw DataError(
        "tatonnement_steps", expected: "at most \(Self.walkMax) prices, goods times steps",
        found: "\(market.goodCount) goods and \(parameters.tatonnementSteps) steps")
    }
    let money = market.budgets.reduce(0, +)
    let start = (money > 0 ? money : 1) / market.supplies.reduce(0, +)
    let tatonnement = Tatonnement(
      rate: parameters.tatonnementRate, stepsMax: parameters.tatonnementSteps)
    return tatonnement.run(
      market, utility, from: Array(repeating: start, count: market.goodCount))
  }

  private static let walkMax = 20_000_000
}
