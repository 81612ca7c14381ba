import Kernels
public import Pipeline

extension Trading {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    let artifact = try results.main
    try addTotals(artifact, mechanism: results.parameters["mechanism"]?.text, to: &section)
    try addServices(artifact, to: &section)
    try addCurves(artifact, to: &section)
  }

  private static func addTotals(
    _ artifact: ArtifactReader, mechanism: String?, to section: inout ReportSection
  ) throws {
    typealias A = TradingArtifact
    let violations = try artifact.scalar(A.violations)
    let overspent = try artifact.scalar(A.overspent)
    let deficit = try artifact.scalar(A.deficit)
    let rule =
      mechanism == Mechanism.mcafee.rawValue
      ? "McAfee's mechanism (a false quote does not pay)" : "one price for both sides"
    section.text(
      """
      Auctions with \(rule) sold \(try artifact.scalar(A.trades)) units for \
      \(Format.number(try artifact.scalar(A.volume))) coin. They created a surplus of \
      \(Format.number(try artifact.scalar(A.surplusTotal))) coin, \
      \(Format.percent(try artifact.scalar(A.efficiencyTotal))) of what was to be had. The \
      \(try artifact.scalar(A.traderCount)) traders kept \
      \(Format.number(try artifact.scalar(A.traderRevenue))) coin; \
      \(deficit > 0 ? "**auctions lost \(Format.number(deficit)) coin**" : "no auction ran a deficit"). \
      \(violations > 0 ? "**\(violations) trades went beyond a bid or an ask**" : "Nobody paid more than the bid or got less than the ask")\
      \(overspent > 0 ? ", and **\(overspent) clients overspent**." : ", and no client spent more than it had.")
      """)
  }

  private static func addServices(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = TradingArtifact
    let names = try artifact.read(A.serviceName)
    let counts = try [A.buyers, A.sellers, A.serviceTrades, A.efficientTrades].map {
      try artifact.read($0)
    }
    let low = try artifact.read(A.priceLow)
    let high = try artifact.read(A.priceHigh)
    let surplus = try artifact.read(A.surplus)
    let efficiency = try artifact.read(A.efficiency)
    let revenue = try artifact.read(A.revenue)
    let rows = names.indices.map { i in
      [names[i]] + counts.map { "\($0[i])" } + [
        Format.number(low[i]), Format.number(high[i]), Format.number(surplus[i]),
        Format.percent(efficiency[i]), Format.number(revenue[i]),
      ]
    }
    section.table(
      [
        "service", "buyers", "sellers", "trades", "efficient", "lowest price (coin)",
        "highest price (coin)", "surplus (coin)", "efficiency", "traders keep (coin)",
      ], rows)
  }

  /// Demand and supply of the type with most trades, around the place where they cross.
  private static func addCurves(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = TradingArtifact
    let efficient = try artifact.read(A.efficientTrades)
    let trades = try artifact.read(A.serviceTrades)
    guard let most = trades.indices.max(by: { (trades[$0], $1) < (trades[$1], $0) }),
      trades[most] > 0
    else { return }
    let name = try artifact.read(A.serviceName)[most]
    let range = (try artifact.read(A.priceLow)[most], try artifact.read(A.priceHigh)[most])
    let end = max(10, 3 * efficient[most])
    let points = try points(artifact, service: Int32(most), through: end)
    let quoted = max(try artifact.read(A.buyers)[most], try artifact.read(A.sellers)[most])
    let width = Double(min(end, quoted))
    section.figure(
      Figure(
        "curves", title: "Demand and supply of \(name), and the prices that clear",
        x: .init("units"), y: .init("price (coin)"),
        points + [
          .init("lowest clearing price", .lines, x: [1, width], y: [range.0, range.0]),
          .init("highest clearing price", .lines, x: [1, width], y: [range.1, range.1]),
        ]))
  }

  private static func points(
    _ artifact: ArtifactReader, service: Int32, through end: Int64
  ) throws -> [Figure.Series] {
    typealias A = TradingArtifact
    let services = try artifact.read(A.curveService)
    let sides = try artifact.read(A.curveSide)
    let ranks = try artifact.read(A.curveRank)
    let prices = try artifact.read(A.curvePrice)
    return A.curveSide.entry.flags.enumerated().map { code, name in
      let picks = services.indices.filter {
        services[$0] == service && sides[$0] == Int8(code) && ranks[$0] <= end
      }
      return Figure.Series(
        name, .steps, x: picks.map { Double(ranks[$0]) }, y: picks.map { prices[$0] })
    }
  }
}
