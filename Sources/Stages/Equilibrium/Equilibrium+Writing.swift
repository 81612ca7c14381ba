import Kernels
import Pipeline

extension Equilibrium {
  /// Larger matrices are written as compressed rows.
  private static let denseMax = 1_000_000
  /// Residuals of an answer that may be called exact: far above rounding, far below any use.
  private static let exactMax = 1e-9

  /// The market, and on which pairs its answer will be.
  func write(
    _ market: FisherMarket, _ given: Given, to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    try artifact.write(A.model, given.model.rawValue)
    switch given.utility {
    case .linear, .quasilinear: try artifact.write(A.rho, 1)
    case .ces(let rho): try artifact.write(A.rho, rho)
    case .cobbDouglas, .leontief: break
    }
    try artifact.write(A.budgets, market.budgets)
    try artifact.write(A.supplies, market.supplies)
    try artifact.write(A.buyerCount, market.buyerCount)
    try artifact.write(A.goodCount, market.goodCount)
    try artifact.write(A.pairCount, market.pairCount)
    try write(market.values, of: market, to: artifact, A.utilities, A.utilityValues)
    guard !isDense(market) else { return }
    let bounds = market.offsets.map(Int64.init)
    for column in [A.utilityBounds, A.allocationBounds] { try artifact.write(column, bounds) }
    for column in [A.utilityGoods, A.allocationGoods] { try artifact.write(column, market.goods) }
  }

  /// The segments and the money on them, where spending is constrained.
  func write(
    _ spending: [Double]?, of market: SpendingMarket?, to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    guard let spending, let rows = market?.rows else { return }
    try artifact.write(
      A.segmentBounds, rows.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int64($1.count)) })
    try artifact.write(A.segmentGoods, rows.joined().map { Int32($0.good) })
    try artifact.write(A.segmentRates, rows.joined().map(\.rate))
    try artifact.write(A.segmentCaps, rows.joined().map(\.cap))
    try artifact.write(A.segmentSpending, spending)
  }

  func write(
    _ answer: MarketEquilibrium, of market: FisherMarket, to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    try artifact.write(A.prices, answer.prices)
    try artifact.write(A.buyerUtility, answer.utilities)
    try artifact.write(A.sweeps, answer.sweeps)
    try artifact.write(A.steps, answer.steps)
    try artifact.write(A.innerSteps, answer.innerSteps)
    try artifact.write(A.checkpointIteration, answer.history.map { Int64($0.iteration) })
    try artifact.write(A.checkpointGap, answer.history.map(\.gap))
    try write(answer.allocations, of: market, to: artifact, A.allocations, A.allocationUnits)
  }

  func write(
    _ certificate: EquilibriumCertificate, of answer: MarketEquilibrium,
    to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    try artifact.write(A.gap, certificate.dualityGap)
    try artifact.write(A.overClearing, certificate.overClearing)
    try artifact.write(A.underClearing, certificate.underClearing)
    try artifact.write(A.budgetResidual, certificate.budgetResidual)
    try artifact.write(A.bangPerBuckViolation, certificate.bangPerBuckViolation)
    try artifact.write(A.bundleShortfall, certificate.bundleShortfall)
    try artifact.write(A.walrasResidual, certificate.walrasResidual)
    try artifact.write(A.priceMin, finite(certificate.priceMin))
    try artifact.write(A.allocationMin, finite(certificate.allocationMin))
    let isExact = answer.status == .exact && certificate.holds(within: Self.exactMax)
    try artifact.write(A.isExact, isExact ? 1 : 0)
    try artifact.write(A.isWithinGap, certificate.dualityGap <= parameters.gap ? 1 : 0)
    try artifact.write(A.status, code(answer.status))
  }

  /// The proof in exact fractions; nil where the market is too large or not linear.
  func write(_ proof: RationalCertificate?, to artifact: ArtifactWriter) throws {
    typealias A = EquilibriumArtifact
    try artifact.write(A.isProved, proof?.isProved == true ? 1 : 0)
    guard let proof, proof.isProved else { return }
    try artifact.write(A.exactPrices, proof.prices.map { "\($0)" })
  }

  func write(_ rankings: Rankings, to artifact: ArtifactWriter) throws {
    typealias A = EquilibriumArtifact
    try artifact.write(A.rankCorrelation, rankings.meritCorrelation ?? 0)
    try artifact.write(A.isRankCorrelationDefined, rankings.meritCorrelation == nil ? 0 : 1)
    try artifact.write(A.kendallCorrelation, rankings.meritConcordance ?? 0)
    try artifact.write(A.values, rankings.values)
    try artifact.write(A.valueCorrelation, rankings.valueCorrelation ?? 0)
  }

  /// Writes figures per pair as a matrix, or as compressed rows where it would be too large.
  private func write(
    _ perPair: [Double], of market: FisherMarket, to artifact: ArtifactWriter,
    _ dense: Column<Double>, _ compressed: Column<Double>
  ) throws {
    if isDense(market) {
      let rows = market.matrix(perPair)
      try artifact.write(dense, Array(rows.joined()), columns: market.goodCount)
    } else {
      try artifact.write(compressed, perPair)
    }
  }

  private func isDense(_ market: FisherMarket) -> Bool {
    let cells = market.buyerCount.multipliedReportingOverflow(by: market.goodCount)
    return !cells.overflow && cells.partialValue <= Self.denseMax
  }

  /// The minimum over nothing is written as 0.
  private func finite(_ minimum: Double) -> Double { minimum == .infinity ? 0 : minimum }

  private func code(_ status: MarketEquilibrium.Status) -> Int8 {
    switch status {
    case .exact: 0
    case .converged: 1
    case .sweepLimit, .cancelled: 2
    case .stepLimit: 3
    case .stalled: 4
    }
  }
}
