import Foundation

/// Turns a manifest into a plan, or says everything that is wrong with it.
public struct Planner: Sendable {
  let catalog: StageCatalog
  let files: any FileSystem

  public init(catalog: StageCatalog, files: any FileSystem = LocalFileSystem()) {
    self.catalog = catalog
    self.files = files
  }

  public func plan(_ manifest: Manifest) throws(ManifestError) -> Plan {
    var work = Planning(manifest: manifest, catalog: catalog, files: files)
    let steps = work.resolveSteps()
    work.checkMetrics()
    let order = work.order(steps)
    guard work.diagnostics.isEmpty else { throw ManifestError(work.diagnostics) }
    return Plan(manifest: manifest, steps: order)
  }
}

/// The checks of one manifest against the catalog.
private struct Planning {
  let manifest: Manifest
  let catalog: StageCatalog
  let files: any FileSystem
  var diagnostics: [Diagnostic] = []

  struct Resolved {
    let step: ManifestStep
    let stage: StageDescription
    let parameters: Value
    let files: [String: Digest]
    let seed: UInt64
  }

  init(manifest: Manifest, catalog: StageCatalog, files: any FileSystem) {
    self.manifest = manifest
    self.catalog = catalog
    self.files = files
  }

  private mutating func report(_ mark: YAMLNode.Mark, _ message: String, suggestion: String? = nil)
  {
    diagnostics.append(
      Diagnostic(
        .file(manifest.path, line: mark.line, column: mark.column), message,
        suggestion: suggestion))
  }

  mutating func resolveSteps() -> [Resolved] {
    var occurrences: [String: Int] = [:]
    var resolved: [Resolved] = []
    for step in manifest.steps {
      let occurrence = occurrences[step.stage, default: 0]
      occurrences[step.stage] = occurrence + 1
      if let one = resolve(step, occurrence: occurrence) { resolved.append(one) }
    }
    return resolved
  }

  private mutating func resolve(_ step: ManifestStep, occurrence: Int) -> Resolved? {
    guard let stage = catalog[step.stage] else {
      report(
        step.stageMark, "'\(step.stage)' is not a stage; `kcpipe list stages` names them.",
        suggestion: Suggestion.nearest(to: step.stage, among: catalog.stages.map(\.name)))
      checkInputs(step, stage: nil)
      return nil
    }
    if let revision = step.revision, revision != stage.revision {
      report(
        step.stageMark,
        "this program has \(stage.name)@\(stage.revision), the manifest asks for @\(revision).")
    }
    checkInputs(step, stage: stage)
    guard let (parameters, digests) = resolveParameters(step, stage) else { return nil }
    return Resolved(
      step: step, stage: stage, parameters: parameters, files: digests,
      seed: Self.seed(root: manifest.experiment.seed, stage: stage.name, occurrence: occurrence))
  }

  /// Seeds hash the stage and how many of its kind come before it, not the step's name: a step may
  /// be renamed without a rerun, and two steps of one stage still differ.
  private static func seed(root: UInt64, stage: String, occurrence: Int) -> UInt64 {
    Digest(of: "kcpipe seed 1\n\(root)\n\(stage)\n\(occurrence)\n").word
  }

  private mutating func resolveParameters(
    _ step: ManifestStep, _ stage: StageDescription
  ) -> (Value, [String: Digest])? {
    let node = step.parameters ?? YAMLNode(mark: step.mark, content: .mapping([]))
    var checker = ShapeChecker(
      file: manifest.path, bindings: manifest.bindings, folders: manifest.folders)
    let value = checker.check(node, stage.parameters, "stage \(stage.name)")
    diagnostics += checker.diagnostics
    guard let value else { return nil }
    let explicit = stage.defaults.members.merging(value.members) { _, given in given }
    do throws(ParameterError) {
      try stage.check(.object(explicit))
    } catch {
      let mark = node.entries.first { $0.key == error.parameter }?.value.mark ?? step.mark
      report(mark, "'\(error.parameter)' of stage \(stage.name): \(error.reason).")
      return nil
    }
    guard let digests = digestFiles(explicit, stage, node, step) else { return nil }
    return (.object(explicit), digests)
  }

  private mutating func digestFiles(
    _ parameters: [String: Value], _ stage: StageDescription, _ node: YAMLNode, _ step: ManifestStep
  ) -> [String: Digest]? {
    var digests: [String: Digest] = [:]
    var isComplete = true
    for field in stage.parameterFields where field.shape == .file {
      guard let path = parameters[field.name]?.text, !path.isEmpty else { continue }
      do throws(FileError) {
        digests[field.name] = try files.digest(ofFile: path)
      } catch {
        let mark = node.entries.first { $0.key == field.name }?.value.mark ?? step.mark
        report(mark, "'\(field.name)' of stage \(stage.name): \(error).")
        isComplete = false
      }
    }
    return isComplete ? digests : nil
  }

  private mutating func checkInputs(_ step: ManifestStep, stage: StageDescription?) {
    for input in step.inputs {
      let port = findPort(input)
      guard let stage else { continue }
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
  mutating func order(_ resolved: [Resolved]) -> [PlannedStep] {
    reportCycle()
    guard diagnostics.isEmpty else { return [] }
    var planned: [PlannedStep] = []
    var index: [String: Int] = [:]
    var waiting = resolved
    while let next = waiting.firstIndex(where: { one in
      one.step.inputs.allSatisfy { index[$0.step] != nil }
    }) {
      let one = waiting.remove(at: next)
      index[one.step.name] = planned.count
      planned.append(
        PlannedStep(
          name: one.step.name, stage: one.stage, parameters: one.parameters, files: one.files,
          seed: one.seed,
          inputs: one.step.inputs.map {
            .init(slot: $0.slot, producer: index[$0.step] ?? 0, output: $0.output)
          }))
    }
    return planned
  }

  private mutating func reportCycle() {
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
