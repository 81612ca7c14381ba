import Kernels
public import Pipeline

/// Finds market-clearing prices of a Fisher market and certifies them (requirements C1, C2, N27).
///
/// The prices are those of the Eisenberg-Gale convex program, by the method that suits the utilities
/// (see `MarketSolver`). The certificate is computed from what is written, by code that shares nothing
/// with the solver; a small linear market gets a proof in exact fractions besides.
///
/// With `money: merit` the nodes of a population buy service types with perceived merit: the
/// quality that they advertise, never the hidden truth. A node values a type that it offers at its
/// price factor, and others at nothing. The utility that it ends up with is its intrinsic merit.
/// A factor common to all of a buyer's values moves no price, so the price factors scale a node's
/// own merit only. With `money: equal` all have one coin, and the envy that is left is measured; with
/// `money: endowment` traders own the goods and spend what these fetch. `tatonnement_steps` lets prices
/// move with demand and supply besides, whether or not they settle.
public struct Equilibrium: Stage {
  public static let name = "equilibrium"
  public static let revision = 3
  public static let summary = "finds and certifies the market-clearing prices of a Fisher market"
  static let population = InputSlot(
    "population", PopulationArtifact.self, isRequired: false,
    "clients and nodes, whose demand is the market; needed by source demand")
  static let payments = InputSlot(
    "payments", MoneyEdges.self, isRequired: false,
    "what clients paid in a ledger, which replaces their budgets")
  public static let inputs = [population, payments]
  public static let outputs: [OutputPort] = [.main(EquilibriumArtifact.self)]

  /// Pairs up to which a proof in exact fractions is tried.
  private static let provedMax = 1000

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard parameters.source != .file || parameters.instance.isGiven else {
      throw ParameterError("instance", "the source file needs one")
    }
    guard parameters.rho != 0 else {
      throw ParameterError("rho", "at 0 CES utilities are Cobb-Douglas: use model cobbdouglas")
    }
    guard parameters.money != .merit || parameters.source == .demand else {
      throw ParameterError("money", "merit is known of a population's nodes: use source demand")
    }
    guard parameters.money != .endowment || [.generate, .file].contains(parameters.source) else {
      throw ParameterError("money", "only a drawn market or a file has endowments")
    }
    guard parameters.money != .endowment || parameters.tatonnementSteps == 0 else {
      throw ParameterError(
        "tatonnement_steps", "the budgets of an exchange move with prices; choose other money")
    }
    guard parameters.model != .spending || parameters.source == .file else {
      throw ParameterError(
        "model", "only an instance file has spending constraints: use source file")
    }
    if parameters.source == .generate { try MarketGenerator.check(parameters) }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let given = try instance(inputs, context)
    let artifact = outputs.main
    try context.progress(0, "\(given.market.pairCount) pairs")
    let isConcurrent = context.threads > 1
    let solved = try solved(given, writingTo: outputs, context, isConcurrent: isConcurrent)
    try write(solved.segmentSpending, of: given.spending, to: artifact)
    let figures = try outputs.writing(isConcurrent: isConcurrent) { (solved: Solved, outputs) in
      try write(solved.answer, of: solved.market, to: outputs.main)
    } while: { handOver in
      try handOver(solved)
      return try Figures(
        certificate: certificate(of: solved, given, threads: context.threads),
        proof: proof(of: given, solved), walk: walk(solved.market, given.utility),
        rankings: Rankings(
          of: solved, hasMerit: parameters.money == .merit, threads: context.threads))
    }
    try write(figures.certificate, of: solved.answer, to: artifact)
    try write(figures.proof, to: artifact)
    try write(solved.exchange, given.endowments, to: artifact)
    try writeEnvy(solved, given.utility, to: artifact)
    try write(figures.walk, beside: solved.answer, to: artifact)
    try write(figures.rankings, to: artifact)
  }

  /// What is found out about an answer while it is written.
  private struct Figures {
    let certificate: EquilibriumCertificate
    let proof: RationalCertificate?
    let walk: Tatonnement.Path?
    let rankings: Rankings
  }

  /// Solves the market, which is written meanwhile unless its budgets come of the answer.
  private func solved(
    _ given: Given, writingTo outputs: StageOutputs, _ context: StageContext, isConcurrent: Bool
  ) throws -> Solved {
    guard parameters.money != .endowment else {
      let solved = try solve(given, context)
      try write(solved.market, given, to: outputs.main)
      return solved
    }
    return try outputs.writing(isConcurrent: isConcurrent) { (given: Given, outputs) in
      try write(given.market, given, to: outputs.main)
    } while: { handOver in
      let given = parameters.money == .equal ? given.withEqualBudgets : given
      try handOver(given)
      return try solve(given, context)
    }
  }

  private func certificate(
    of solved: Solved, _ given: Given, threads: Int
  ) throws -> EquilibriumCertificate {
    if let market = given.spending, let spending = solved.segmentSpending {
      return EquilibriumCertificate(
        of: market, prices: solved.answer.prices, spending: spending)
    }
    return try EquilibriumCertificate(
      of: solved.market, given.utility, prices: solved.answer.prices,
      allocations: solved.answer.allocations, threads: threads)
  }

  private func instance(
    _ inputs: StageInputs, _ context: StageContext
  ) throws(DataError) -> Given {
    switch parameters.source {
    case .generate:
      let generator = MarketGenerator(parameters, seed: context.seed)
      return Given(
        market: try generator.market(), utility: drawnUtility,
        endowments: parameters.money == .endowment ? generator.endowments() : nil)
    case .file:
      let file = try MarketInstance(path: parameters.instance.path, model: parameters.model)
      let spending = try file.spendingMarket()
      if spending != nil { try checkConstrained() }
      let market = if let spending { spending.pairs } else { try file.market() }
      let isExact =
        spending == nil && market.pairCount <= Self.provedMax && file.columns.texts != nil
      return Given(
        market: market, utility: file.utility, exact: isExact ? file.exactMarket(market) : nil,
        endowments: file.columns.endowments, spending: spending)
    case .demand:
      guard let population = try inputs.openIfGiven(Self.population) else {
        throw missing("population", .demand)
      }
      let market = try PopulationMarket(
        population, paidIn: parameters.money, demand: inputs.openIfGiven(Self.payments)
      ).market()
      return Given(market: market, utility: drawnUtility)
    case .trade:
      guard let payments = try inputs.openIfGiven(Self.payments) else {
        throw missing("payments", .trade)
      }
      return Given(market: try TradeMarket(payments).market(), utility: drawnUtility)
    }
  }

  private func missing(_ slot: String, _ source: Source) -> DataError {
    DataError(
      slot, expected: "a step in this input, which the source \(source.rawValue) needs",
      found: "none")
  }

  private var drawnUtility: MarketUtility {
    switch parameters.model {
    case .linear: .linear
    case .quasilinear: .quasilinear
    case .ces: .ces(rho: parameters.rho)
    case .cobbdouglas: .cobbDouglas
    case .leontief: .leontief
    case .spending: .linear
    }
  }

  /// What only a market without spending constraints can be asked.
  private func checkConstrained() throws(DataError) {
    guard parameters.money == .budget else {
      throw DataError(
        "money", expected: "budget, for a market with spending constraints",
        found: parameters.money.rawValue)
    }
    guard parameters.tatonnementSteps == 0 else {
      throw DataError(
        "tatonnement_steps", expected: "0, for a market with spending constraints",
        found: "\(parameters.tatonnementSteps)")
    }
  }

  private func proof(of given: Given, _ solved: Solved) -> RationalCertificate? {
    guard given.utility == .linear, given.spending == nil, solved.market.pairCount <= Self.provedMax
    else { return nil }
    let isAsGiven = parameters.money == .budget || parameters.money == .merit
    return RationalCertificate(
      of: solved.market, near: solved.answer, exact: isAsGiven ? given.exact : nil)
  }
}
