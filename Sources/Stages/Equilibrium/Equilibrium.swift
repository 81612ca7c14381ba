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
/// own merit only.
public struct Equilibrium: Stage {
  public static let name = "equilibrium"
  public static let revision = 2
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
    guard parameters.money == .budget || parameters.source == .demand else {
      throw ParameterError("money", "merit is known of a population's nodes: use source demand")
    }
    if parameters.source == .generate { try MarketGenerator.check(parameters) }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let given = try instance(inputs, context)
    let (market, utility) = (given.market, given.utility)
    try context.progress(0, "\(market.pairCount) pairs")
    let solver = MarketSolver(
      gapMax: parameters.gap, sweepsMax: parameters.sweepsMax, threads: context.threads)
    let answer = solver.solve(market, utility) { Task.isCancelled }
    guard answer.status != .cancelled else { throw CancellationError() }
    let certificate = try EquilibriumCertificate(
      of: market, utility, prices: answer.prices, allocations: answer.allocations)
    try write(market, utility, to: outputs.main)
    try write(answer, of: market, to: outputs.main)
    try write(certificate, of: answer, to: outputs.main)
    try write(proof(of: given, answer), to: outputs.main)
    try write(meritCorrelation(answer, market), to: outputs.main)
    let value = RankCorrelation.spearman(answer.prices, market.valueOfGoods)
    try outputs.main.write(EquilibriumArtifact.valueCorrelation, value ?? 0)
  }

  /// A market, what its values mean, and its exact numbers where a file has some.
  private struct Given {
    let market: FisherMarket
    let utility: MarketUtility
    var exact: RationalMarket?
  }

  private func instance(
    _ inputs: StageInputs, _ context: StageContext
  ) throws(DataError) -> Given {
    switch parameters.source {
    case .generate:
      let market = try MarketGenerator(parameters, seed: context.seed).market()
      return Given(market: market, utility: drawnUtility)
    case .file:
      let file = try MarketInstance(path: parameters.instance.path, model: parameters.model)
      let market = try file.market()
      let isExact = market.pairCount <= Self.provedMax && file.columns.texts != nil
      return Given(
        market: market, utility: file.utility, exact: isExact ? file.exactMarket(market) : nil)
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
    }
  }

  private func proof(of given: Given, _ answer: MarketEquilibrium) -> RationalCertificate? {
    guard given.utility == .linear, given.market.pairCount <= Self.provedMax else { return nil }
    return RationalCertificate(of: given.market, near: answer, exact: given.exact)
  }

  /// How far the order of the nodes by intrinsic merit is that by perceived merit.
  private func meritCorrelation(_ answer: MarketEquilibrium, _ market: FisherMarket) -> Double? {
    parameters.money == .merit
      ? RankCorrelation.spearman(market.budgets, answer.utilities) : nil
  }
}

extension FisherMarket {
  /// What a unit of each good is worth to all buyers together: the sum of its share in every buyer's
  /// valuation, weighted by money (requirement N27).
  var valueOfGoods: [Double] {
    var worth = Array(repeating: 0.0, count: goodCount)
    for buyer in 0..<buyerCount {
      let sum = pairs(of: buyer).reduce(0) { $0 + values[$1] }
      guard sum > 0, sum.isFinite else { continue }
      for pair in pairs(of: buyer) {
        worth[Int(goods[pair])] += budgets[buyer] * values[pair] / sum
      }
    }
    return worth
  }
}
