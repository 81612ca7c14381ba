import Kernels
import Pipeline

/// What buyers pay with, and prices that move, in the report.
extension Equilibrium {
  /// Goods whose moving prices are drawn.
  private static let walksShown = 8
  /// The most buyers and goods that a map shows.
  private static let mapMax = 60

  static func addMoney(
    _ artifact: ArtifactReader, _ solution: SolvedMarket, to section: inout ReportSection
  ) throws {
    if artifact.contains(EquilibriumArtifact.envyMax.name) {
      try addEnvy(artifact, to: &section)
    }
    if artifact.contains(EquilibriumArtifact.endowments.name) {
      try addExchange(artifact, solution, to: &section)
    }
    if artifact.contains(EquilibriumArtifact.walkPrices.name) {
      try addWalk(artifact, solution, to: &section)
    }
  }

  private static func addEnvy(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let envy = try artifact.scalar(EquilibriumArtifact.envyMax)
    section.text(
      "All incomes are equal, so everybody could have bought what anybody else did. The largest envy,"
        + " the part by which a buyer would be better off with another's bundle, is"
        + " \(Format.number(envy)).")
  }

  private static func addExchange(
    _ artifact: ArtifactReader, _ solution: SolvedMarket, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let residuals = try artifact.read(A.exchangeResidual)
    let isConverged = try artifact.scalar(A.isExchangeConverged) == 1
    section.text(
      "Buyers pay with what the goods that they brought fetch. After \(residuals.count) rounds budgets"
        + " and proceeds "
        + (isConverged ? "agree up to rounding." : "still differ, so these prices are approximate.")
        + " Only ratios of these prices matter.")
    section.figure(
      Figure(
        "exchange", title: "Budgets against proceeds", x: .init("round"),
        y: .init("largest difference", logarithmic: true),
        [
          Figure.Series(
            "", .lines, x: residuals.indices.map { Double($0 + 1) },
            y: residuals.map { max($0, 1e-18) })
        ]))
    let market = solution.market
    guard market.buyerCount <= mapMax, market.goodCount <= mapMax else { return }
    let bought = market.matrix(solution.allocations).joined()
    let brought = try artifact.read(A.endowments)
    section.figure(
      Figure(
        "net_trade", title: "Units that each trader buys, less what it brought",
        x: .init("good"), y: .init("trader"), heatMap: zip(bought, brought).map { $0 - $1 },
        columns: market.goodCount))
  }

  private static func addWalk(
    _ artifact: ArtifactReader, _ solution: SolvedMarket, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let steps = try artifact.read(A.walkStep).map(Double.init)
    let prices = try artifact.read(A.walkPrices)
    let goods = solution.market.goodCount
    let deviation = Format.number(try artifact.scalar(A.walkDeviation))
    let outcome =
      switch try artifact.scalar(A.walkOutcome) {
      case 0: "they settle"
      case 1: "they cycle without settling"
      default: "they have not settled yet"
      }
    section.text(
      "Prices that start equal and move with demand and supply: after \(Int(steps.last ?? 0)) steps"
        + " \(outcome). The last ones differ from the equilibrium by at most \(deviation) of the mean"
        + " price.")
    let shown = solution.goodsByPrice.prefix(walksShown)
    section.figure(
      Figure(
        "moving_prices", title: "Prices that move with demand and supply", x: .init("step"),
        y: .init("price"),
        shown.map { good in
          Figure.Series(
            "good \(good)", .lines, x: steps, y: steps.indices.map { prices[$0 * goods + good] })
        }))
    section.figure(
      Figure(
        "excess", title: "Largest excess demand or supply", x: .init("step"),
        y: .init("part of the supply", logarithmic: true),
        [
          Figure.Series(
            "", .lines, x: steps, y: try artifact.read(A.walkExcess).map { max($0, 1e-18) })
        ]))
  }
}
