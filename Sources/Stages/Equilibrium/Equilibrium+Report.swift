import Kernels
public import Pipeline

extension Equilibrium {
  /// The most buyers and goods that a map of the spending shows.
  private static let mapMax = 60
  /// Rows of the table of prices.
  private static let pricesShown = 20

  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    let artifact = try results.main
    let solution = try SolvedMarket(artifact)
    try addSummary(artifact, solution, to: &section)
    try addCertificate(artifact, to: &section)
    addPrices(solution, to: &section)
    try addConvergence(artifact, to: &section)
    addSpending(solution, to: &section)
    if results.parameters["money"]?.text == Money.merit.rawValue {
      try addMerit(artifact, to: &section)
    }
  }

  private static func addSummary(
    _ artifact: ArtifactReader, _ solution: SolvedMarket, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let market = solution.market
    let money = market.budgets.reduce(0, +)
    let sweeps = try artifact.scalar(A.sweeps)
    let gap = Format.number(try artifact.scalar(A.gap))
    let ending =
      switch try artifact.scalar(A.status) {
      case 0: "the polish then found the equilibrium up to rounding"
      case 1: "the gap asked for was reached, and the polish refused"
      default: "the limit of sweeps came first, so these prices are approximate"
      }
    section.text(
      "Buyers: \(market.buyerCount), with \(Format.number(money)) of money in all. Goods:"
        + " \(market.goodCount), on \(market.pairCount) pairs of a buyer and a good. Proportional"
        + " response took \(sweeps) sweeps; \(ending). The certified duality gap is \(gap).")
  }

  private static func addCertificate(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let figures = [
      A.gap, A.overClearing, A.underClearing, A.budgetResidual, A.bangPerBuckViolation,
      A.bundleShortfall, A.walrasResidual, A.priceMin, A.allocationMin,
    ]
    let rows = try figures.map { figure in
      [figure.name, Format.number(try artifact.scalar(figure)), figure.entry.longName]
    }
    section.text(
      "The certificate is computed from market, prices and allocations alone. Every figure is"
        + " relative; all but `price_min` are 0 at an equilibrium.")
    section.table(["figure", "value", "meaning"], rows)
  }

  private static func addPrices(_ solution: SolvedMarket, to section: inout ReportSection) {
    let ranking = solution.goodsByPrice
    let sold = solution.sold
    let rows = ranking.prefix(pricesShown).map { good in
      [
        String(good), Format.number(solution.prices[good]),
        Format.number(solution.market.supplies[good]), Format.number(sold[good].units),
        String(sold[good].buyers),
      ]
    }
    if ranking.count > rows.count {
      section.text("The \(rows.count) dearest of \(ranking.count) goods:")
    }
    section.table(["good", "price", "supply", "sold", "buyers"], rows)
    section.figure(prices(solution.prices, ranking))
  }

  /// Bars by good where they can be told apart, else points by rank.
  private static func prices(_ prices: [Double], _ ranking: [Int]) -> Figure {
    guard prices.count > mapMax else {
      return Figure(
        "prices", title: "Equilibrium prices", x: .init("good"), y: .init("price"),
        [Figure.Series("", bars: prices)])
    }
    let picks = stride(from: 0, to: ranking.count, by: max(1, ranking.count / 1000))
    let series = Figure.Series(
      "", .points, x: picks.map { Double($0 + 1) }, y: picks.map { prices[ranking[$0]] })
    return Figure(
      "prices", title: "Equilibrium prices by rank", x: .init("rank", logarithmic: true),
      y: .init("price", logarithmic: true), [series])
  }

  private static func addConvergence(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let sweeps = try artifact.read(A.checkpointSweeps).map(Double.init)
    let gaps = try artifact.read(A.checkpointGap)
    guard let last = gaps.last else { return }
    section.text(
      "At the last of \(gaps.count) checkpoints the gap of the iteration was"
        + " \(Format.number(last)), before any polish.")
    section.figure(
      Figure(
        "convergence", title: "Certified gap of proportional response",
        x: .init("sweeps", logarithmic: true), y: .init("duality gap", logarithmic: true),
        [Figure.Series("", .lines, x: sweeps, y: gaps)]))
  }

  private static func addSpending(_ solution: SolvedMarket, to section: inout ReportSection) {
    let market = solution.market
    guard market.buyerCount <= mapMax, market.goodCount <= mapMax else { return }
    section.figure(
      Figure(
        "spending", title: "Share of each buyer's money that goes to each good",
        x: .init("good"), y: .init("buyer"), heatMap: solution.spendingShares,
        columns: market.goodCount))
  }

  private static func addMerit(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let perceived = try artifact.read(A.budgets)
    let intrinsic = try artifact.read(A.buyerUtility)
    let correlation = Format.number(try artifact.scalar(A.rankCorrelation))
    let isDefined = try artifact.scalar(A.isRankCorrelationDefined) == 1
    section.text(
      "Money is perceived merit here: the quality that a node advertises. Intrinsic merit is the"
        + " utility that it ends up with. "
        + (isDefined
          ? "The Spearman correlation of the two rankings is \(correlation)."
          : "All nodes are alike in one of them, so there is no ranking to compare."))
    let (x, y) = (Midranks.of(perceived), Midranks.of(intrinsic))
    let picks = stride(from: 0, to: x.count, by: max(1, x.count / 2000))
    section.figure(
      Figure(
        "merit", title: "Intrinsic against perceived merit of nodes",
        x: .init("rank by perceived merit"), y: .init("rank by intrinsic merit"),
        [Figure.Series("", .points, x: picks.map { x[$0] }, y: picks.map { y[$0] })]))
  }
}
