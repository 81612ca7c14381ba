import Kernels
import Pipeline

extension Equilibrium {
  /// The most prices of a walk that are written; of a longer one every so many steps.
  private static let walkCellsMax = 1_000_000

  /// What traders brought, and how their budgets came to be worth it.
  func write(
    _ exchange: ExchangeMarket.Answer?, _ endowments: [[Double]]?, to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    guard let exchange, let endowments else { return }
    let columns = endowments.first?.count ?? 0
    try artifact.write(A.endowments, Array(endowments.joined()), columns: columns)
    try artifact.write(A.exchangeResidual, exchange.residuals)
    try artifact.write(A.isExchangeConverged, exchange.isConverged ? 1 : 0)
  }

  /// The envy that equal incomes leave.
  func writeEnvy(_ solved: Solved, _ utility: MarketUtility, to artifact: ArtifactWriter) throws {
    guard parameters.money == .equal else { return }
    guard let envy = Envy.largest(in: solved.market, utility, solved.answer.allocations) else {
      return
    }
    try artifact.write(EquilibriumArtifact.envyMax, envy)
  }

  /// Prices that moved with demand and supply.
  func write(
    _ path: Tatonnement.Path?, beside answer: MarketEquilibrium, to artifact: ArtifactWriter
  ) throws {
    typealias A = EquilibriumArtifact
    guard let path, let last = path.prices.last else { return }
    let goods = last.count
    let stride = max(1, (path.prices.count * goods + Self.walkCellsMax - 1) / Self.walkCellsMax)
    let steps = path.prices.indices.filter { $0 % stride == 0 }
    try artifact.write(A.walkStep, steps.map { Int64($0) })
    try artifact.write(A.walkPrices, steps.flatMap { path.prices[$0] }, columns: goods)
    try artifact.write(A.walkExcess, steps.map { path.excess[min($0, path.excess.count - 1)] })
    let code: Int8 =
      switch path.outcome {
      case .converged: 0
      case .cycling: 1
      case .undecided: 2
      }
    try artifact.write(A.walkOutcome, code)
    let mean = answer.prices.reduce(0, +) / Double(goods)
    let deviation = zip(last, answer.prices).reduce(0) { max($0, abs($1.0 - $1.1)) }
    try artifact.write(A.walkDeviation, mean > 0 ? deviation / mean : deviation)
  }
}
