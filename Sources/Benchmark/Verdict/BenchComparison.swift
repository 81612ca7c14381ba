internal import Kernels

/// Two records compared: every case and quantity, the metrics, and what stands in the way.
///
///     let comparison = BenchComparison(base, new, quantities: [.cpu], rule: VerdictRule())
///     for row in comparison.rows { print(row.series.name, row.verdict.sentence) }
public struct BenchComparison: Sendable {
  public struct Row: Sendable {
    public let series: SeriesComparison
    /// After Holm's adjustment over all rows.
    public let adjusted: Double
    public let verdict: Verdict
  }

  public let base: BenchRecord
  public let new: BenchRecord
  public let quantities: [Quantity]
  public let rule: VerdictRule
  public let rows: [Row]
  public let metrics: [MetricComparison]
  /// Why the two are not the same work; empty where they can be compared.
  public let obstacles: [Obstacle]
  /// Where the machines differ.
  public let machineDifferences: [String]
  /// What is worth knowing and hinders nothing.
  public let remarks: [String]

  public init(
    _ base: BenchRecord, _ new: BenchRecord, quantities: [Quantity] = [.cpu],
    rule: VerdictRule = VerdictRule()
  ) {
    self.base = base
    self.new = new
    self.quantities = quantities
    self.rule = rule
    obstacles = Obstacle.between(base, new)
    machineDifferences = base.machine.differences(to: new.machine)
    metrics = MetricComparison.between(base.metrics, new.metrics)
    let spoiled = Set(obstacles.map(\.name))
    let series = base.cases.filter { !spoiled.contains($0.name) }.flatMap { old in
      quantities.compactMap { quantity in
        SeriesComparison(
          old.name, quantity, base: old.series[quantity] ?? [],
          new: new.find(old.name)?.series[quantity] ?? [], by: rule)
      }
    }
    rows = Self.judge(series, rule)
    remarks = Self.remarks(base, new, quantities, series)
  }

  /// Constants that repeat exactly are no tests, so they take no part in the adjustment.
  private static func judge(_ series: [SeriesComparison], _ rule: VerdictRule) -> [Row] {
    let tests = series.indices.filter { !series[$0].isExact }
    var adjusted = [Double](repeating: 1, count: series.count)
    for (i, p) in zip(tests, HolmAdjustment.of(tests.map { series[$0].pValue })) { adjusted[i] = p }
    return zip(series, adjusted).map { one, p in
      Row(
        series: one, adjusted: p,
        verdict: one.verdict(by: rule, adjusted: p, comparisons: tests.count))
    }
  }

  /// The geometric mean of a quantity's ratios over all cases, where there are at least two.
  public func geometricMean(
    _ quantity: Quantity
  ) -> (estimate: Double, interval: ClosedRange<Double>)? {
    let ratios = rows.filter { $0.series.quantity == quantity }.map(\.series.ratio)
    return ratios.count < 2 ? nil : GeometricMean.of(ratios, confidence: rule.confidence)
  }

  private static func remarks(
    _ base: BenchRecord, _ new: BenchRecord, _ quantities: [Quantity], _ series: [SeriesComparison]
  ) -> [String] {
    var remarks: [String] = []
    let added = new.cases.map(\.name).filter { base.find($0) == nil }
    if !added.isEmpty {
      remarks.append("only in the new record: \(added.joined(separator: ", "))")
    }
    for quantity in quantities where !series.contains(where: { $0.quantity == quantity }) {
      let reason = new.unavailable[quantity.word] ?? base.unavailable[quantity.word]
      remarks.append("\(quantity.word): not available" + (reason.map { " (\($0))" } ?? ""))
    }
    if base.program.libraries != new.program.libraries {
      remarks.append("the programs use other versions of libraries")
    }
    if !isInterleaved(base, new) {
      remarks.append(
        "the two were measured one after the other; `bench --against` measures them in turn, "
          + "which raises fewer false alarms")
    }
    return remarks
  }

  /// Samples that were measured in turn share one order, so no place in it is taken twice.
  private static func isInterleaved(_ base: BenchRecord, _ new: BenchRecord) -> Bool {
    guard base.measuredAt == new.measuredAt, base.seed == new.seed else { return false }
    let places = (base.cases + new.cases).flatMap(\.order)
    return Set(places).count == places.count
  }
}
