import Foundation

/// Makes `report.md` and its figures from the manifest and the artifacts, and from nothing else:
/// no wall time, no host, nothing about what was computed or taken from the store.
struct ReportBuilder: Sendable {
  let plan: Plan
  /// The case that is reported; the only one of an experiment without a sweep.
  let caseIndex: Int
  /// One per step of the plan.
  let results: [StepResult]
  let metrics: MetricTable
  /// Those of this case.
  let claims: [RunRecord.ClaimResult]
  let libraries: [String: String]
  /// Sections that are made already, by the label of their step.
  var sections: [String: ReportSection] = [:]

  /// Grows when the report's own layout changes.
  private static let format = 2

  private var one: PlannedCase { plan.cases[caseIndex] }
  private var steps: [(step: PlannedStep, known: KnownResult?)] {
    one.steps.map { (plan.steps[$0], results[$0].known) }
  }

  /// What the report depends on; an equal key means an equal report.
  ///
  /// `drawing`: a word for the program that draws, or nil where there is none.
  func key(drawing: String?) -> Digest {
    var hasher = DigestHasher()
    hasher.update(text: "report \(Self.format) \(drawing ?? "no figures")\n")
    hasher.update(text: header(claimLines: false) + parameterTable() + ReportParts.graph(plan))
    for (step, known) in steps {
      let outputs = known?.outputs.map(\.contentDigest.hex).joined(separator: " ") ?? "-"
      hasher.update(
        text: "\(step.name) \(step.stage.reportFingerprint) \(outputs) "
          + step.parametersByContent.canonicalJSON + "\n")
      hasher.update(text: (plan.manifest.notebook[step.name] ?? "") + "\n")
    }
    hasher.update(text: metrics.json(ofCase: caseIndex).canonicalJSON)
    for claim in claims { hasher.update(text: "\(claim.text) \(claim.holds)\n") }
    hasher.update(text: libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined())
    return hasher.finalize()
  }

  /// `folder`: where the artifacts of the case lie.
  func draft(artifacts folder: String, withFigures: Bool) throws -> ReportDraft {
    var figures: [(file: String, figure: Figure)] = []
    var parts = [
      header(claimLines: true), metricTable(), parameterTable(), ReportParts.graph(plan),
    ]
    for (step, known) in steps {
      parts.append(try section(step, known, folder, &figures, withFigures))
    }
    parts += [digestTable(), rerun()]
    let text = parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    return ReportDraft(markdown: text, figures: figures)
  }

  private var experiment: Experiment { plan.manifest.experiment }

  private func header(claimLines: Bool) -> String {
    var lines = [ReportParts.header(experiment)]
    if !one.name.isEmpty { lines.append("Case `\(one.name)` of the sweep.") }
    if claimLines, !claims.isEmpty { lines.append(claimTable()) }
    return lines.joined(separator: "\n\n")
  }

  private func claimTable() -> String {
    let held = claims.count(where: \.holds)
    let rows = claims.map { claim in
      [
        claim.holds ? "✅ holds" : "❌ fails", "`\(claim.text)`",
        claim.left.map(Format.number) ?? "–", claim.right.map(Format.number) ?? "–",
      ]
    }
    return "## Claims\n\n\(held) of \(claims.count) claims hold.\n\n"
      + Markdown.table(["verdict", "claim", "left side", "right side"], rows)
  }

  private func metricTable() -> String {
    let all = metrics.rows(ofCase: caseIndex)
    guard !all.isEmpty else { return "" }
    let rows = all.map { row in
      [row.metric.name, Format.number(row.value), row.unit, ReportParts.better(row.metric.better)]
    }
    return "## Metrics\n\n" + Markdown.table(["metric", "value", "unit", "better"], rows)
  }

  private func parameterTable() -> String {
    let parameters = plan.manifest.parameters(with: one.coordinates)
    guard !parameters.isEmpty else { return "" }
    let rows = parameters.map { [$0.name, ReportParts.shown($0.value)] }
    return "## Parameters\n\n" + Markdown.table(["parameter", "value"], rows)
  }

  private func section(
    _ step: PlannedStep, _ known: KnownResult?, _ folder: String,
    _ figures: inout [(file: String, figure: Figure)], _ withFigures: Bool
  ) throws -> String {
    var lines = ["## \(step.name)", "*Stage `\(step.stage.name)`: \(step.stage.summary)*"]
    if let prose = plan.manifest.prose(of: step.name, with: one.coordinates) { lines.append(prose) }
    guard let known else {
      return (lines + ["This step has no result."]).joined(separator: "\n\n")
    }
    let paths = Dictionary(
      uniqueKeysWithValues: known.outputs.map {
        ($0.name, folder + "/" + RunFolder.fileName(step: step.name, output: $0.name))
      })
    let results = StageResults(paths: paths, parameters: step.parametersByContent)
    for block in try (sections[step.label] ?? step.stage.report(results)).blocks {
      switch block {
      case .text(let text): lines.append(text)
      case .table(let table): lines.append(Markdown.table(table.headers, table.rows))
      case .figure(let figure):
        lines.append(place(figure, of: step, &figures, withFigures))
      }
    }
    lines.append(parameterDetails(step))
    return lines.joined(separator: "\n\n")
  }

  private func place(
    _ figure: Figure, of step: PlannedStep, _ figures: inout [(file: String, figure: Figure)],
    _ withFigures: Bool
  ) -> String {
    ReportParts.place(figure, as: "\(step.name).\(figure.name).svg", &figures, withFigures)
  }

  private func parameterDetails(_ step: PlannedStep) -> String {
    let fields = step.stage.parameterFields
    guard !fields.isEmpty else { return "" }
    let values = step.parametersByContent
    let rows = fields.map { field in
      ["`\(field.name)`", values[field.name].map(Format.value) ?? "", field.unit, field.summary]
    }
    return "<details><summary>Parameters of \(step.name)</summary>\n\n"
      + Markdown.table(["parameter", "value", "unit", "meaning"], rows) + "\n\n</details>"
  }

  private func digestTable() -> String {
    var rows: [[String]] = []
    for (step, known) in steps {
      for output in known?.outputs ?? [] {
        let file = RunFolder.fileName(step: step.name, output: output.name)
        rows.append([
          "[`\(file)`](\(file))", Format.bytes(output.bytes), "`\(output.contentDigest.short)`",
          "`\(output.sha256.hex)`",
        ])
      }
    }
    return "## Datasets\n\nThe content digest covers names, types, shapes and values; SHA-256 the"
      + " bytes of the file.\n\n"
      + Markdown.table(["file", "size", "content digest", "SHA-256"], rows)
  }

  private func rerun() -> String {
    let choice = one.name.isEmpty ? "" : " --case \(one.name)"
    return ReportParts.rerun(
      plan, libraries, choice: choice,
      example: one.folder + (plan.stepNames.first ?? "step") + ".h5")
  }
}
