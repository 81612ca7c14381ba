import Foundation

/// Turns a manifest into a plan, or says everything that is wrong with it.
///
///     let plan = try Planner(catalog: catalog).plan(ManifestDecoder(), path: "a.yaml")
public struct Planner: Sendable {
  let catalog: StageCatalog
  let files: any FileSystem

  public init(catalog: StageCatalog, files: any FileSystem = LocalFileSystem()) {
    self.catalog = catalog
    self.files = files
  }

  /// Reads a manifest and plans it; mistakes of words and of meaning are told in one pass.
  public func plan(
    _ decoder: ManifestDecoder, path: String
  ) throws(ManifestError) -> Plan {
    let (manifest, diagnostics) = try decoder.read(path: path)
    guard !diagnostics.isEmpty else { return try plan(manifest) }
    do throws(ManifestError) {
      _ = try plan(manifest)
    } catch {
      throw ManifestError(diagnostics + error.diagnostics)
    }
    throw ManifestError(diagnostics)
  }

  public func plan(_ manifest: Manifest) throws(ManifestError) -> Plan {
    var work = Planning(manifest: manifest, catalog: catalog, files: files)
    work.checkSteps()
    work.checkMetrics()
    work.reportCycle()
    let order = work.order()
    guard work.diagnostics.isEmpty else {
      work.resolveParametersOnly()
      throw ManifestError(work.diagnostics)
    }
    var expansion = PlanExpansion(manifest: manifest, catalog: catalog, files: files, order: order)
    return try expansion.plan()
  }
}

/// The checks of one manifest against the catalog, whatever the cases.
private struct Planning {
  let manifest: Manifest
  let catalog: StageCatalog
  let files: any FileSystem
  var diagnostics: [Diagnostic] = []

  init(manifest: Manifest, catalog: StageCatalog, files: any FileSystem) {
    self.manifest = manifest
    self.catalog = catalog
    self.files = files
  }

  private mutating func report(_ mark: YAMLNode.Mark, _ message: String, suggestion: String? = nil)
  {
    diagnostics.append(Diagnostic(mark.place, message, suggestion: suggestion))
  }

  mutating func checkSteps() {
    for step in manifest.steps {
      let stage = catalog[step.stage]
      if let stage {
        checkRevision(step, stage)
      } else {
        report(
          step.stageMark, "'\(step.stage)' is not a stage; `kcpipe list stages` names them.",
          suggestion: Suggestion.nearest(to: step.stage, among: catalog.stages.map(\.name)))
      }
      checkInputs(step, stage: stage)
    }
  }

  private mutating func checkRevision(_ step: ManifestStep, _ stage: StageDescription) {
    guard let revision = step.revision, revision != stage.revision else { return }
    report(
      step.stageMark,
      "this program has \(stage.name)@\(stage.revision), the manifest asks for @\(revision).")
  }

  /// Parameters are told about in the same pass as everything else, though no plan comes of it.
  mutating func resolveParametersOnly() {
    var resolver = ParameterResolver(manifest: manifest, files: files)
    for step in manifest.steps {
      if let stage = catalog[step.stage] {
        _ = resolver.resolve(step, stage, manifest.bindings)
      }
    }
    diagnostics += resolver.diagnostics
  }

  private mutating func checkInputs(_ step: ManifestStep, stage: StageDescription?) {
    for input in step.inputs {
      let port = findPort(input)
      guard let stage, !stage.takesAnyInput else { continue }
      guard let slot = stage.inputs.first(where: { $0.name == input.slot }) else {
        let names = stage.inputs.map(\.name)
        let hint = names.isEmpty ? " It has none." : " It has: \(names.joined(separator: ", "))."
        report(
          input.slotMark, "'\(input.slot)' is not an input of \(stage.name).\(hint)",
          suggestion: Suggestion.nearest(to: input.slot, among: names))
        continue
      }
      guard let port, !slot.schemas.contains(port.schema) else { continue }
      let wanted = slot.schemas.map(\.name).joined(separator: " or ")
      report(
        input.mark,
        "the input '\(slot.name)' of \(stage.name) takes \(wanted); "
          + "'\(input.step)\(input.output == "main" ? "" : "." + input.output)' gives "
          + "\(port.schema.name).")
    }
    for slot in stage?.inputs ?? []
    where slot.isRequired && !step.inputs.contains(where: { $0.slot == slot.name }) {
      let wanted = slot.schemas.map(\.name).joined(separator: " or ")
      report(
        step.mark, "'\(step.name)' needs the input '\(slot.name)' (\(wanted)): \(slot.summary).")
    }
  }

  /// The output that an input refers to; nil, with a complaint, if there is none.
  private mutating func findPort(_ input: ManifestStep.Input) -> OutputPort? {
    guard let producer = manifest.steps.first(where: { $0.name == input.step }) else {
      report(
        input.mark, "'\(input.step)' is not a step of this manifest.",
        suggestion: Suggestion.nearest(to: input.step, among: manifest.steps.map(\.name)))
      return nil
    }
    guard let stage = catalog[producer.stage] else { return nil }
    if let port = stage.output(input.output) { return port }
    let names = stage.outputs.map(\.name)
    report(
      input.mark,
      "'\(input.output)' is not an output of \(stage.name); it has \(names.joined(separator: ", ")).",
      suggestion: Suggestion.nearest(to: input.output, among: names))
    return nil
  }

  mutating func checkMetrics() {
    for metric in manifest.metrics {
      guard let step = manifest.steps.first(where: { $0.name == metric.step }),
        let stage = catalog[step.stage]
      else { continue }
      guard let port = stage.output(metric.output) else {
        let names = stage.outputs.map(\.name)
        report(
          metric.mark, "'\(metric.output)' is not an output of \(stage.name).",
          suggestion: Suggestion.nearest(to: metric.output, among: names))
        continue
      }
      // What a program of the user's writes is known when it has been run.
      if port.isForeign { continue }
      let scalars = port.schema.variables.filter { $0.dimensions.isEmpty && $0.type.isNumber }
      if !scalars.contains(where: { $0.name == metric.variable }) {
        report(
          metric.pathMark,
          "metric '\(metric.name)': '\(metric.variable)' is not a scalar of \(stage.name); it has "
            + scalars.map(\.name).joined(separator: ", ") + ".",
          suggestion: Suggestion.nearest(to: metric.variable, among: scalars.map(\.name)))
      }
    }
  }

  /// Kahn's algorithm, the manifest's order first; what is left over lies on a cycle.
  func order() -> [ManifestStep] {
    var ordered: [ManifestStep] = []
    var known: Set<String> = []
    var waiting = manifest.steps
    while let next = waiting.firstIndex(where: { step in
      step.inputs.allSatisfy { known.contains($0.step) }
    }) {
      let step = waiting.remove(at: next)
      known.insert(step.name)
      ordered.append(step)
    }
    return ordered
  }

  mutating func reportCycle() {
    var state: [String: Int] = [:]
    var trail: [String] = []
    var cycle: [String] = []
    func visit(_ name: String) {
      guard cycle.isEmpty, state[name] != 2 else { return }
      if state[name] == 1 {
        cycle = Array(trail.drop { $0 != name }) + [name]
        return
      }
      guard let step = manifest.steps.first(where: { $0.name == name }) else { return }
      state[name] = 1
      trail.append(name)
      for input in step.inputs { visit(input.step) }
      trail.removeLast()
      state[name] = 2
    }
    for step in manifest.steps { visit(step.name) }
    guard let first = cycle.first, let step = manifest.steps.first(where: { $0.name == first })
    else { return }
    report(
      step.mark, "the steps wait for one another: \(cycle.reversed().joined(separator: " -> ")).")
  }
}

extension ElementType {
  /// Whether a scalar of this type can be a metric.
  public var isNumber: Bool { self != .text && self != .int8 && self != .uint64 }
}
