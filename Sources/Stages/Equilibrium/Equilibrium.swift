import Kernels
public import Pipeline

/// Finds market-clearing prices of a linear Fisher market and certifies them (requirements C1, C2).
///
/// The prices are those of the Eisenberg-Gale convex program: its dual, by proportional response
/// and a combinatorial polish. The certificate is computed from what is written, by code that
/// shares nothing with the solver.
///
/// With `money: merit` the nodes of a population buy service types with perceived merit: the
/// quality that they advertise, never the hidden truth. A node values a type that it offers at its
/// price factor, and others at nothing. The utility that it ends up with is its intrinsic merit.
/// A factor common to all of a buyer's values moves no price, so the price factors scale a node's
/// own merit only.
public struct Equilibrium: Stage {
  public static let name = "equilibrium"
  public static let revision = 1
  public static let summary = "finds and certifies the market-clearing prices of a Fisher market"
  static let population = InputSlot(
    "population", PopulationArtifact.self, isRequired: false,
    "clients and nodes, whose demand is the market; needed by source demand")
  static let payments = InputSlot(
    "payments", MoneyEdges.self, isRequired: false,
    "what clients paid in a ledger, which replaces their budgets")
  public static let inputs = [population, payments]
  public static let outputs: [OutputPort] = [.main(EquilibriumArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard parameters.source != .file || parameters.instance.isGiven else {
      throw ParameterError("instance", "the source file needs one")
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
    let market = try market(inputs, context)
    try context.progress(0, "\(market.pairCount) pairs")
    let solver = ProportionalResponse(gapMax: parameters.gap, sweepsMax: parameters.sweepsMax)
    let answer = solver.solve(market) { Task.isCancelled }
    guard answer.status != .cancelled else { throw CancellationError() }
    let certificate = try EquilibriumCertificate(
      of: market, prices: answer.prices, allocations: answer.allocations)
    try write(market, to: outputs.main)
    try write(answer, of: market, to: outputs.main)
    try write(certificate, of: answer, to: outputs.main)
    try write(meritCorrelation(answer, market), to: outputs.main)
  }

  private func market(
    _ inputs: StageInputs, _ context: StageContext
  ) throws(DataError) -> FisherMarket {
    switch parameters.source {
    case .generate:
      return try MarketGenerator(parameters, seed: context.seed).market()
    case .file:
      return try MarketInstance(path: parameters.instance.path).market()
    case .demand:
      guard let population = try inputs.openIfGiven(Self.population) else {
        throw DataError(
          "population", expected: "a step in this input, which the source demand needs",
          found: "none")
      }
      return try PopulationMarket(
        population, paidIn: parameters.money, demand: inputs.openIfGiven(Self.payments)
      ).market()
    }
  }

  /// How far the order of the nodes by intrinsic merit is that by perceived merit.
  private func meritCorrelation(_ answer: MarketEquilibrium, _ market: FisherMarket) -> Double? {
    parameters.money == .merit
      ? RankCorrelation.spearman(market.budgets, answer.utilities) : nil
  }
}
