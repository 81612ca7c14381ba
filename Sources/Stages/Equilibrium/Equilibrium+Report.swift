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
    try addMoney(artifact, solution, to: &section)
    addValues(solution, try artifact.scalar(EquilibriumArtifact.valueCorrelation), to: &section)
    try addConvergence(artifact, to: &section)
    addSpending(solution, to: &section)
    addSupport(solution, to: &section)
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
    let (sweeps, steps) = (try artifact.scalar(A.sweeps), try artifact.scalar(A.steps))
    let gap = Format.number(try artifact.scalar(A.gap))
    let ending =
      switch try artifact.scalar(A.status) {
      case 0: "the equilibrium was found up to rounding"
      case 1: "the gap asked for was reached"
      case 2: "the limit of sweeps came first, so these prices are approximate"
      case 3: "the limit of steps came first, so these prices are approximate"
      default: "rounding kept it from coming nearer, so these prices are approximate"
      }
    section.text(
      "Buyers: \(market.buyerCount), with \(Format.number(money)) of money in all, and"
        + " \(solution.model.rawValue) utilities. Goods: \(market.goodCount), on"
        + " \(market.pairCount) pairs of a buyer and a good. After \(sweeps) sweeps of proportional"
        + " response and \(steps) Newton steps \(ending). The certified duality gap is \(gap).")
    if try artifact.scalar(A.isProved) == 1 {
      section.text(
        "The prices are proved in exact fractions: no bid is below 0, every budget is spent, every"
          + " good earns its worth, and no pair offers more than its buyer's support.")
    }
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
    let iterations = try artifact.read(A.checkpointIteration).map(Double.init)
    let gaps = try artifact.read(A.checkpointGap)
    guard gaps.count > 1, let last = gaps.last else { return }
    let isSwept = try artifact.scalar(A.steps) == 0
    section.text(
      "At the last of \(gaps.count) checkpoints the gap of the iteration was"
        + " \(Format.number(last)), before any polish.")
    section.figure(
      Figure(
        "convergence", title: "Gap of the iteration",
        x: .init(isSwept ? "sweeps" : "Newton steps", logarithmic: isSwept),
        y: .init("gap", logarithmic: true),
        [Figure.Series("", .lines, x: iterations, y: gaps.map { max($0, 1e-18) })]))
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

  /// Where price and value part (requirement N27).
  private static func addValues(
    _ solution: SolvedMarket, _ correlation: Double, to section: inout ReportSection
  ) {
    let (market, values) = (solution.market, solution.market.valueOfGoods)
    let ratios = values.indices.map { good in
      values[good] > 0 ? solution.prices[good] * market.supplies[good] / values[good] : 0
    }
    guard market.goodCount > 1, ratios.contains(where: { $0 > 0 }) else { return }
    let ranking = ratios.indices.sorted {
      ratios[$0] != ratios[$1] ? ratios[$0] > ratios[$1] : $0 < $1
    }
    section.text(
      "The value of a good is its part in what all buyers value, weighted by their money. Prices"
        + " follow who else wants a good, so they part from values: the Spearman correlation is"
        + " \(Format.number(correlation)), good \(ranking[0]) is the dearest for its value"
        + " (\(Format.number(ratios[ranking[0]]))) and good \(ranking[ranking.count - 1]) the"
        + " cheapest (\(Format.number(ratios[ranking[ranking.count - 1]]))).")
    section.table(
      ["good", "worth at its price", "value", "worth / value"],
      parted(ranking).map { good in
        [
          String(good), Format.number(solution.prices[good] * market.supplies[good]),
          Format.number(values[good]), Format.number(ratios[good]),
        ]
      })
    let picks = stride(from: 0, to: values.count, by: max(1, values.count / 1000))
    section.figure(
      Figure(
        "value", title: "Worth of each good's supply at its price, against its value",
        x: .init("value"), y: .init("worth"),
        [
          Figure.Series(
            "", .points, x: picks.map { values[$0] },
            y: picks.map { solution.prices[$0] * market.supplies[$0] })
        ]))
  }

  /// The first and the last of a ranking, where it is long.
  private static func parted(_ ranking: [Int]) -> [Int] {
    let half = pricesShown / 2
    return ranking.count <= pricesShown
      ? ranking : Array(ranking.prefix(half) + ranking.suffix(half))
  }

  /// The graph of pairs that carry money: each component is walked once, edge by edge.
  private static func addSupport(_ solution: SolvedMarket, to section: inout ReportSection) {
    let components = solution.supportWalks
    let pairs = solution.allocations.count { $0 > 0 }
    section.text("Money flows on \(pairs) pairs, in \(components.count) connected components.")
    let market = solution.market
    guard market.buyerCount <= mapMax, market.goodCount <= mapMax else { return }
    let series = components.prefix(mapMax).map { walk in
      Figure.Series(
        "", .lines, x: walk.map { Double($0.index) }, y: walk.map { $0.isBuyer ? 1 : 0 })
    }
    guard !series.isEmpty else { return }
    section.figure(
      Figure(
        "support", title: "Who buys what: buyers above, goods below", x: .init("number"),
        y: .init("good (0) or buyer (1)"), Array(series)))
  }

  private static func addMerit(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = EquilibriumArtifact
    let perceived = try artifact.read(A.budgets)
    let intrinsic = try artifact.read(A.buyerUtility)
    let correlation = Format.number(try artifact.scalar(A.rankCorrelation))
    let tau = Format.number(try artifact.scalar(A.kendallCorrelation))
    let isDefined = try artifact.scalar(A.isRankCorrelationDefined) == 1
    section.text(
      "Money is perceived merit here: the quality that a node advertises. Intrinsic merit is the"
        + " utility that it ends up with. "
        + (isDefined
          ? "The Spearman correlation of the two rankings is \(correlation), Kendall's tau \(tau)."
          : "All nodes are alike in one of them, so there is no ranking to compare."))
    let (x, y) = (Midranks.of(perceived), Midranks.of(intrinsic))
    section.table(
      ["node", "perceived merit", "its rank", "intrinsic merit", "its rank"],
      x.indices.sorted { x[$0] != x[$1] ? x[$0] > x[$1] : $0 < $1 }.prefix(pricesShown).map {
        node in
        [
          String(node), Format.number(perceived[node]), Format.number(x[node]),
          Format.number(intrinsic[node]), Format.number(y[node]),
        ]
      })
    let picks = stride(from: 0, to: x.count, by: max(1, x.count / 2000))
    section.figure(
      Figure(
        "merit", title: "Intrinsic against perceived merit of nodes",
        x: .init("rank by perceived merit"), y: .init("rank by intrinsic merit"),
        [Figure.Series("", .points, x: picks.map { x[$0] }, y: picks.map { y[$0] })]))
  }
}
