/// Makes the one report of a sweep: what was varied, what came out, which claims hold where.
struct SweepReport: Sendable {
  let plan: Plan
  let summary: SweepSummary
  let claims: [RunRecord.ClaimResult]
  /// SHA-256 of `summary.h5`, asked for when the text is made.
  let summaryDigest: @Sendable () -> Digest
  let libraries: [String: String]

  /// Grows when the report's own layout changes.
  private static let format = 1
  /// Longer tables would only repeat what `summary.h5` holds.
  private static let rowsMax = 60

  private var sweep: Sweep { summary.sweep }
  private var hasReplicates: Bool { sweep.replicates > 1 }

  func key(drawing: String?) -> Digest {
    var hasher = DigestHasher()
    hasher.update(text: "sweep report \(Self.format) \(drawing ?? "no figures")\n")
    hasher.update(text: summary.origin.hex + header() + ReportParts.graph(plan) + prose())
    hasher.update(text: plan.manifest.parameters().map { "\($0.name) \($0.value)" }.joined())
    for claim in claims where !claim.holds { hasher.update(text: "\(claim.text) \(claim.case)\n") }
    for claim in plan.manifest.claims { hasher.update(text: "\(claim.text)\n") }
    hasher.update(text: libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined())
    return hasher.finalize()
  }

  func draft(withFigures: Bool) -> ReportDraft {
    var figures: [(file: String, figure: Figure)] = []
    let parts = [
      header(), claimTable(), axisTable(), parameterTable(), metricTable(),
      drawn(&figures, withFigures), ReportParts.graph(plan), prose(), datasets(),
      ReportParts.rerun(plan, libraries, choice: "", example: "summary.h5"),
    ]
    let text = parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    return ReportDraft(markdown: text, figures: figures)
  }

  private func header() -> String {
    let count = plan.cases.count
    let replicates = hasReplicates ? " with \(sweep.replicates) replicates each" : ""
    return ReportParts.header(plan.manifest.experiment)
      + "\n\nA sweep of \(count / sweep.replicates) cases\(replicates)."
  }

  // MARK: Claims

  private func claimTable() -> String {
    guard !plan.manifest.claims.isEmpty else { return "" }
    let rows = plan.manifest.claims.map { claim -> [String] in
      let all = claims.filter { $0.text == claim.text }
      let broken = all.filter { !$0.holds }
      return [
        broken.isEmpty && !all.isEmpty ? "✅ holds" : "❌ fails", "`\(claim.text)`",
        all.count == 1 && all[0].case.isEmpty
          ? sides(all[0]) : "\(all.count - broken.count) of \(all.count) cases",
        broken.first.map { $0.case.isEmpty ? sides($0) : "`\($0.case)`: \(sides($0))" } ?? "",
      ]
    }
    return "## Claims\n\n"
      + Markdown.table(["verdict", "claim", "holds in", "first failure"], rows)
  }

  private func sides(_ claim: RunRecord.ClaimResult) -> String {
    [claim.left, claim.right].map { $0.map(Format.number) ?? "no value" }.joined(separator: " and ")
  }

  // MARK: What was varied

  private func axisTable() -> String {
    guard !sweep.axes.isEmpty else { return "" }
    let rows = sweep.axes.map { axis -> [String] in
      let shown = axis.values.prefix(12).map(Format.value).joined(separator: ", ")
      return [axis.name, String(axis.values.count), shown + (axis.values.count > 12 ? ", …" : "")]
    }
    return "## Axes\n\n" + Markdown.table(["axis", "values", "which"], rows)
  }

  private func parameterTable() -> String {
    let axes = sweep.axes.map(\.name)
    let rows = plan.manifest.parameters().filter { !axes.contains($0.name) }.map {
      [$0.name, ReportParts.shown($0.value)]
    }
    guard !rows.isEmpty else { return "" }
    return "## Parameters\n\nThe same in every case:\n\n"
      + Markdown.table(["parameter", "value"], rows)
  }

  private func prose() -> String {
    let axes = sweep.axes.map(\.name)
    return plan.stepNames.compactMap { step in
      plan.manifest.prose(of: step, with: [], leavingAsNames: axes).map { "**\(step).** \($0)" }
    }.joined(separator: "\n\n")
  }

  // MARK: What came out

  private func metricTable() -> String {
    guard !summary.table.columns.isEmpty else { return "" }
    let columns = summary.table.columns.indices.map { summary.spreads(of: $0) }
    let firsts = stride(from: 0, to: sweep.cases.count, by: sweep.replicates).map {
      sweep.cases[$0]
    }
    let rows = firsts.prefix(Self.rowsMax).map { one -> [String] in
      let place = summary.place(of: one)
      return zip(sweep.axes, one.positions).map { Format.value($0.values[$1]) }
        + columns.map { cell($0[place]) }
    }
    let headers =
      sweep.axes.map(\.name)
      + summary.table.columns.map { column in
        column.unit.isEmpty || column.unit == "1"
          ? column.metric.name : "\(column.metric.name) [\(column.unit)]"
      }
    let rest = firsts.count - rows.count
    let note = rest > 0 ? "\n\n… and \(rest) more cases in `summary.h5`." : ""
    let meaning =
      hasReplicates ? "Means over replicates ± half-width of the 95 % interval.\n\n" : ""
    return "## Metrics\n\n\(meaning)" + Markdown.table(headers, rows) + note
  }

  private func cell(_ spread: Spread) -> String {
    hasReplicates
      ? Format.interval(spread.mean, spread.halfWidth) : Format.number(spread.mean)
  }

  private func drawn(
    _ figures: inout [(file: String, figure: Figure)], _ withFigures: Bool
  ) -> String {
    let lines = summary.table.columns.indices.flatMap { summary.figures(of: $0) }.map { figure in
      ReportParts.place(figure, as: "sweep.\(figure.name).svg", &figures, withFigures)
    }
    return lines.isEmpty ? "" : "## Figures\n\n" + lines.joined(separator: "\n\n")
  }

  private func datasets() -> String {
    """
    ## Datasets

    [`summary.h5`](summary.h5) holds every metric over the axes, SHA-256 `\(summaryDigest().hex)`. \
    The datasets of a case lie in `cases/<case>/`; `kcpipe report --case CASE` makes its report.
    """
  }
}
