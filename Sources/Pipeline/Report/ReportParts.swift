import Foundation

/// A report with its figures, not yet drawn.
struct ReportDraft: Sendable {
  let markdown: String
  let figures: [(file: String, figure: Figure)]
}

/// Parts that the report of a case and that of a sweep have in common.
enum ReportParts {
  static func header(_ experiment: Experiment) -> String {
    var lines = ["# \(experiment.title)"]
    if !experiment.question.isEmpty { lines.append("> \(experiment.question)") }
    var facts = ["Experiment `\(experiment.name)`, seed \(experiment.seed)"]
    if !experiment.authors.isEmpty {
      facts.append("by " + experiment.authors.joined(separator: ", "))
    }
    if !experiment.license.isEmpty { facts.append("licence \(experiment.license)") }
    lines.append(facts.joined(separator: ", ") + ".")
    return lines.joined(separator: "\n\n")
  }

  static func better(_ better: Metric.Better) -> String {
    switch better {
    case .lower: "lower"
    case .higher: "higher"
    case .none: "–"
    }
  }

  /// Paths would name a machine: of a file only its base name is shown.
  static func shown(_ value: Value) -> String {
    guard case .string(let text) = value, text.contains("/") else { return Format.value(value) }
    return (text as NSString).lastPathComponent
  }

  /// The steps as a mermaid graph, one node per step of the manifest.
  static func graph(_ plan: Plan) -> String {
    var lines = ["## Stages", "", "```mermaid", "graph LR"]
    let steps = plan.cases.first.map { one in one.steps.map { plan.steps[$0] } } ?? []
    for step in steps {
      let label =
        step.name == step.stage.name ? step.name : "\(step.name)<br/><i>\(step.stage.name)</i>"
      lines.append("  \(step.name)[\"\(label)\"]")
    }
    for step in steps {
      for input in step.inputs {
        let from = plan.steps[input.producer].name
        let label = input.output == "main" ? input.slot : "\(input.slot) (\(input.output))"
        lines.append("  \(from) -- \(label) --> \(step.name)")
      }
    }
    return (lines + ["```"]).joined(separator: "\n")
  }

  /// A line that shows a figure, or says why there is none.
  static func place(
    _ figure: Figure, as file: String, _ figures: inout [(file: String, figure: Figure)],
    _ withFigures: Bool
  ) -> String {
    guard !figure.isEmpty else { return "*\(figure.title): there is nothing to draw.*" }
    guard withFigures else {
      return "*\(figure.title): not drawn, because gnuplot is not installed.*"
    }
    figures.append((file, figure))
    return "![\(figure.title)](figures/\(file))"
  }

  static func rerun(
    _ plan: Plan, _ libraries: [String: String], choice: String, example: String
  ) -> String {
    let manifest = (plan.manifest.path as NSString).lastPathComponent
    let overrides = plan.manifest.overrides.map { " --param \($0)=\($1)" }.joined()
    let versions = libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
    return """
      ## How to rerun

      ```
      kcpipe run \(manifest) --seed \(plan.manifest.experiment.seed)\(overrides)\(choice)
      ```

      Equal inputs, parameters and seed give equal bytes with the same build and libraries \
      (\(versions.joined(separator: ", "))). Open a dataset in Python with \
      `xarray.open_dataset("\(example)", engine="h5netcdf")`.
      """
  }
}

extension Manifest {
  /// What the command line changed, with files by base name.
  var overrides: [(name: String, value: String)] {
    bindings.names.filter(bindings.isOverridden).map { name in
      (name, ReportParts.shown(bindings.values[name] ?? .null))
    }
  }

  /// The prose before a step's section, with the values of a case.
  func prose(
    of step: String, with coordinates: [(name: String, value: Value)], leavingAsNames: [String] = []
  ) -> String? {
    notebook[step].map { text in
      bindings.replacing(coordinates).interpolate(text, leavingAsNames: leavingAsNames)
        .trimmingCharacters(in: .whitespacesAndNewlines)
    }
  }
}
