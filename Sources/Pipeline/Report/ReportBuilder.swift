import Foundation

/// Makes `report.md` and its figures from the manifest and the artifacts, and from nothing else:
/// no wall time, no host, nothing about what was computed or taken from the store.
struct ReportBuilder: Sendable {
  let plan: Plan
  let seals: [String: Seal]
  let metrics: MetricTable
  let claims: [RunRecord.ClaimResult]
  let libraries: [String: String]

  /// A report with its figures, not yet drawn.
  struct Draft: Sendable {
    let markdown: String
    let figures: [(file: String, figure: Figure)]
  }

  /// Grows when the report's own layout changes.
  private static let format = 1

  /// What the report depends on; an equal key means an equal report.
  ///
  /// `drawing`: a word for the program that draws, or nil where there is none.
  func key(drawing: String?) -> Digest {
    var hasher = DigestHasher()
    hasher.update(text: "report \(Self.format) \(drawing ?? "no figures")\n")
    hasher.update(text: header(claimLines: false) + parameterTable() + graph())
    for step in plan.steps {
      let outputs = seals[step.name]?.outputs.map(\.contentDigest.hex).joined(separator: " ") ?? "-"
      hasher.update(
        text: "\(step.name) \(step.stage.reportFingerprint) \(outputs) "
          + step.parametersByContent.canonicalJSON + "\n")
      hasher.update(text: (plan.manifest.notebook[step.name] ?? "") + "\n")
    }
    hasher.update(text: metrics.json.canonicalJSON)
    for claim in claims { hasher.update(text: "\(claim.text) \(claim.holds)\n") }
    hasher.update(text: libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }.joined())
    return hasher.finalize()
  }

  /// `folder`: where the artifacts lie.
  func draft(artifacts folder: String, withFigures: Bool) throws -> Draft {
    var figures: [(file: String, figure: Figure)] = []
    var parts = [header(claimLines: true), metricTable(), parameterTable(), graph()]
    for step in plan.steps {
      parts.append(try section(step, folder, &figures, withFigures))
    }
    parts += [digestTable(), rerun()]
    let text = parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    return Draft(markdown: text, figures: figures)
  }

  private var experiment: Experiment { plan.manifest.experiment }

  private func header(claimLines: Bool) -> String {
    var lines = ["# \(experiment.title)"]
    if !experiment.question.isEmpty { lines.append("> \(experiment.question)") }
    var facts = ["Experiment `\(experiment.name)`, seed \(experiment.seed)"]
    if !experiment.authors.isEmpty {
      facts.append("by " + experiment.authors.joined(separator: ", "))
    }
    if !experiment.license.isEmpty { facts.append("licence \(experiment.license)") }
    lines.append(facts.joined(separator: ", ") + ".")
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
    guard !metrics.rows.isEmpty else { return "" }
    let rows = metrics.rows.map { row in
      [row.metric.name, Format.number(row.value), row.unit, better(row.metric.better)]
    }
    return "## Metrics\n\n" + Markdown.table(["metric", "value", "unit", "better"], rows)
  }

  private func better(_ better: Metric.Better) -> String {
    switch better {
    case .lower: "lower"
    case .higher: "higher"
    case .none: "–"
    }
  }

  private func parameterTable() -> String {
    let parameters = plan.manifest.parameters.filter { isShown($0.name) }
    guard !parameters.isEmpty else { return "" }
    let rows = parameters.map { [$0.name, reported($0.value)] }
    return "## Parameters\n\n" + Markdown.table(["parameter", "value"], rows)
  }

  private func isShown(_ name: String) -> Bool { !name.isEmpty }

  /// Paths would name a machine: of a file only its base name is shown.
  private func reported(_ value: Value) -> String {
    guard case .string(let text) = value, text.contains("/") else { return Format.value(value) }
    return (text as NSString).lastPathComponent
  }

  private func graph() -> String {
    var lines = ["## Stages", "", "```mermaid", "graph LR"]
    for step in plan.steps {
      let label =
        step.name == step.stage.name ? step.name : "\(step.name)<br/><i>\(step.stage.name)</i>"
      lines.append("  \(step.name)[\"\(label)\"]")
    }
    for step in plan.steps {
      for input in step.inputs {
        let from = plan.steps[input.producer].name
        let label = input.output == "main" ? input.slot : "\(input.slot) (\(input.output))"
        lines.append("  \(from) -- \(label) --> \(step.name)")
      }
    }
    return (lines + ["```"]).joined(separator: "\n")
  }

  private func section(
    _ step: PlannedStep, _ folder: String,
    _ figures: inout [(file: String, figure: Figure)], _ withFigures: Bool
  ) throws -> String {
    var lines = ["## \(step.name)", "*Stage `\(step.stage.name)`: \(step.stage.summary)*"]
    if let prose = plan.manifest.notebook[step.name] {
      lines.append(prose.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    guard let seal = seals[step.name] else {
      return (lines + ["This step has no result."]).joined(separator: "\n\n")
    }
    let paths = Dictionary(
      uniqueKeysWithValues: seal.outputs.map {
        ($0.name, folder + "/" + RunFolder.fileName(step: step.name, output: $0.name))
      })
    let results = StageResults(paths: paths, parameters: step.parametersByContent)
    for block in try step.stage.report(results).blocks {
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
    guard !figure.isEmpty else { return "*\(figure.title): there is nothing to draw.*" }
    guard withFigures else {
      return "*\(figure.title): not drawn, because gnuplot is not installed.*"
    }
    let file = "\(step.name).\(figure.name).svg"
    figures.append((file, figure))
    return "![\(figure.title)](figures/\(file))"
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
    for step in plan.steps {
      for output in seals[step.name]?.outputs ?? [] {
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
    let manifest = (plan.manifest.path as NSString).lastPathComponent
    let overrides = plan.manifest.overrides.map { " --param \($0)=\($1)" }.joined()
    let versions = libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
    return """
      ## How to rerun

      ```
      kcpipe run \(manifest) --seed \(experiment.seed)\(overrides)
      ```

      Equal inputs, parameters and seed give equal bytes with the same build and libraries \
      (\(versions.joined(separator: ", "))). Open a dataset in Python with \
      `xarray.open_dataset("\(plan.steps.first?.name ?? "step").h5", engine="h5netcdf")`.
      """
  }
}

extension Manifest {
  /// What the command line changed, with files by base name.
  var overrides: [(name: String, value: String)] {
    bindings.names.filter { bindings.overridden.contains($0) }.map { name in
      let text = Format.value(bindings.values[name] ?? .null)
      return (name, text.contains("/") ? (text as NSString).lastPathComponent : text)
    }
  }
}
