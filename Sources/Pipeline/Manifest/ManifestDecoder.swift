public import Foundation

/// Reads manifests.
///
///     let manifest = try ManifestDecoder(overrides: ["nodes": "32"]).decode(path: "a.yaml")
///
/// Errors are collected over the whole document and thrown together.
public struct ManifestDecoder: Sendable {
  /// `--param name=value`, in the order of the command line.
  let overrides: [(name: String, text: String)]
  let seed: UInt64?
  let workingFolder: String

  public init(
    overrides: [(name: String, text: String)] = [], seed: UInt64? = nil,
    workingFolder: String = FileManager.default.currentDirectoryPath
  ) {
    self.overrides = overrides
    self.seed = seed
    self.workingFolder = workingFolder
  }

  public func decode(path: String) throws(ManifestError) -> Manifest {
    let (manifest, diagnostics) = try read(path: path)
    guard diagnostics.isEmpty else { throw ManifestError(diagnostics) }
    return manifest
  }

  func decode(_ data: Data, path: String) throws(ManifestError) -> Manifest {
    var sources = ManifestSources()
    let root = try sources.read(data, path: path)
    let (manifest, diagnostics) = read(root, sources, path: path)
    guard diagnostics.isEmpty else { throw ManifestError(diagnostics) }
    return manifest
  }

  /// What can be read of a manifest, with everything that is wrong with it.
  func read(path: String) throws(ManifestError) -> (Manifest, [Diagnostic]) {
    var sources = ManifestSources()
    let root = try sources.read(path: path)
    return read(root, sources, path: path)
  }

  private func read(
    _ root: YAMLNode, _ sources: ManifestSources, path: String
  ) -> (Manifest, [Diagnostic]) {
    var reading = ManifestReading(root: root, sources: sources, workingFolder: workingFolder)
    let manifest = reading.read(path: path, overrides: overrides, seed: seed)
    return (manifest, sources.diagnostics + reading.diagnostics)
  }
}

/// One pass over a document: shapes first, then what each part means.
private struct ManifestReading {
  let root: YAMLNode
  let sources: ManifestSources
  let workingFolder: String
  var diagnostics: [Diagnostic] = []

  mutating func read(
    path: String, overrides: [(name: String, text: String)], seed: UInt64?
  ) -> Manifest {
    let bindings = readParameters(overrides)
    var checker = ShapeChecker(bindings: bindings, workingFolder: workingFolder)
    let value = checker.check(withoutOpenParts(root), ManifestShape.document, "a manifest")
    diagnostics += checker.diagnostics
    checkFormat()
    let sweep = readSweep(bindings)
    let names = (root["stages"]?.entries ?? []).map(\.key)
    let steps = readSteps(bindings)
    checkSize(sweep, steps)
    let metrics = readMetrics(bindings, steps: names)
    let claims = readClaims(bindings, sweep, (root["metrics"]?.entries ?? []).map(\.key))
    checkNotebook(steps: names)
    checkBench(steps: names)
    let jobs: Int? = if case .int(let jobs) = value?["run"]?["jobs"] { Int(jobs) } else { nil }
    return Manifest(
      path: path, sources: sources.digests,
      experiment: readExperiment(value?["experiment"] ?? .null, seed), bindings: bindings,
      workingFolder: workingFolder, sweep: sweep, steps: steps, stepNames: names, metrics: metrics,
      claims: claims, notebook: notebook(), jobs: jobs,
      bench: Manifest.BenchSettings(value?["bench"]))
  }

  /// Parts that other checks look at (parameters by `readParameters`, `with:` by the planner) are
  /// left out of the shape check, or their mistakes would be reported twice.
  private func withoutOpenParts(_ root: YAMLNode) -> YAMLNode {
    guard case .mapping(let entries) = root.content else { return root }
    let kept = entries.map { entry -> YAMLNode.Entry in
      switch entry.key {
      case "params":
        guard case .mapping = entry.value.content else { return entry }
        return emptied(entry)
      case "stages":
        guard case .mapping(let steps) = entry.value.content else { return entry }
        let value = YAMLNode(mark: entry.value.mark, content: .mapping(steps.map(withoutWith)))
        return .init(key: entry.key, keyMark: entry.keyMark, value: value)
      default: return entry
      }
    }
    return YAMLNode(mark: root.mark, content: .mapping(kept))
  }

  private func withoutWith(_ step: YAMLNode.Entry) -> YAMLNode.Entry {
    guard case .mapping(let words) = step.value.content else { return step }
    let kept = words.map { $0.key == "with" ? emptied($0) : $0 }
    return .init(
      key: step.key, keyMark: step.keyMark,
      value: YAMLNode(mark: step.value.mark, content: .mapping(kept)))
  }

  private func emptied(_ entry: YAMLNode.Entry) -> YAMLNode.Entry {
    .init(
      key: entry.key, keyMark: entry.keyMark,
      value: YAMLNode(mark: entry.value.mark, content: .mapping([])))
  }

  private mutating func report(_ mark: YAMLNode.Mark, _ message: String, suggestion: String? = nil)
  {
    diagnostics.append(Diagnostic(mark.place, message, suggestion: suggestion))
  }

  private mutating func readSweep(_ bindings: ParameterBindings) -> Sweep? {
    guard let node = root["sweep"]?.replacingReferences(by: bindings),
      fits(node, ManifestShape.sweep, bindings) != nil
    else { return nil }
    var reader = SweepReader(node, bindings: bindings)
    let sweep = reader.read()
    diagnostics += reader.diagnostics
    for axis in sweep?.axes ?? [] where bindings.isOverridden(axis.name) {
      diagnostics.append(
        Diagnostic(
          .option("--param \(axis.name)"),
          "'\(axis.name)' is an axis of the sweep; choose cases by --case \(axis.name)=VALUE."))
    }
    return sweep
  }

  /// The value of a part that was checked with the whole document, for what the part means: a mistake
  /// elsewhere must not keep its own from being told.
  private func fits(_ node: YAMLNode, _ shape: Shape, _ bindings: ParameterBindings) -> Value? {
    var checker = ShapeChecker(bindings: bindings, workingFolder: workingFolder)
    return checker.check(node, shape, "")
  }

  /// The plan of a whole sweep is held in memory, at a kilobyte a step.
  private mutating func checkSize(_ sweep: Sweep?, _ steps: [ManifestStep]) {
    guard let node = root["sweep"], let cases = sweep?.cases.count,
      cases * steps.count > ManifestShape.plannedMax
    else { return }
    report(
      node.mark,
      "the sweep has \(cases) cases of \(steps.count) steps, more than"
        + " \(ManifestShape.plannedMax) steps in all.")
  }

  private mutating func checkFormat() {
    guard let node = root["kcpipe"] else { return }
    if case .scalar(let text, _) = node.content, ParameterBindings.wholeReference(text) != nil {
      return report(node.mark, "'kcpipe' is a number, never a reference: '\(text)'.")
    }
    guard case .int(let format) = node.value, format != ManifestShape.format, format > 0 else {
      return
    }
    report(
      node.mark,
      "this program reads manifests of format \(ManifestShape.format), this one has \(format).")
  }

  private mutating func readParameters(
    _ overrides: [(name: String, text: String)]
  ) -> ParameterBindings {
    var bindings = ParameterBindings()
    var checker = ShapeChecker(bindings: nil, workingFolder: workingFolder)
    for entry in root["params"]?.entries ?? [] {
      if !TextRule.name.admits(entry.key) {
        checker.report(
          entry.keyMark, "'\(entry.key)' in params: expected \(TextRule.name.expectation).")
      }
      if let value = checker.check(entry.value, .any, "'\(entry.key)' of params") {
        bindings.declare(entry.key, value, in: entry.value.mark.file)
      }
    }
    diagnostics += checker.diagnostics
    for (name, text) in overrides { apply(name, text, to: &bindings) }
    return bindings
  }

  private mutating func apply(_ name: String, _ text: String, to bindings: inout ParameterBindings)
  {
    let place = Place.option("--param \(name)=\(text)")
    guard bindings.values[name] != nil else {
      diagnostics.append(
        Diagnostic(
          place, "'\(name)' is not a parameter of this manifest.",
          suggestion: Suggestion.nearest(to: name, among: bindings.names)))
      return
    }
    let isPlain = text.utf8.first.map { [0x22, 0x27, 0x5B, 0x7B].contains($0) } == false
    if isPlain || text.isEmpty {
      bindings.override(name, text.isEmpty ? .string("") : YAMLNode.resolve(text, isPlain: true))
    } else if let node = try? YAMLNode(parsing: Data(text.utf8), file: "--param") {
      bindings.override(name, node.value)
    } else {
      diagnostics.append(Diagnostic(place, "the value is neither a word nor a YAML list."))
    }
  }

  private func readExperiment(_ value: Value, _ seed: UInt64?) -> Experiment {
    let name = value["name"]?.text ?? ""
    let declared: UInt64 = if case .int(let seed) = value["seed"] { UInt64(seed) } else { 1 }
    return Experiment(
      name: name, title: value["title"]?.text ?? name, question: value["question"]?.text ?? "",
      authors: (value["authors"]?.items ?? []).compactMap { author in
        guard let name = author["name"]?.text else { return nil }
        return author["orcid"]?.text.map { "\(name) (ORCID \($0))" } ?? name
      },
      license: value["license"]?.text ?? "", seed: seed ?? declared)
  }

  private mutating func readSteps(_ bindings: ParameterBindings) -> [ManifestStep] {
    guard let stages = root["stages"] else { return [] }
    if stages.entries.count > ManifestShape.stepsMax {
      report(
        stages.mark,
        "there are \(stages.entries.count) steps; at most \(ManifestShape.stepsMax) are planned.")
    }
    return stages.entries.prefix(ManifestShape.stepsMax).compactMap { readStep($0, bindings) }
  }

  private mutating func readStep(
    _ entry: YAMLNode.Entry, _ bindings: ParameterBindings
  ) -> ManifestStep? {
    guard case .mapping = entry.value.content, let uses = entry.value["uses"],
      case .scalar(let text, _) = uses.content, !text.isEmpty
    else { return nil }
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    var revision: Int?
    if parts.count == 2 {
      revision = Int(parts[1]).flatMap { String($0) == parts[1] ? $0 : nil }
      if revision == nil {
        report(uses.mark, "'\(text)': expected a whole number after '@', as population@1.")
      }
    }
    return ManifestStep(
      name: entry.key, mark: entry.keyMark, stage: String(parts[0]), revision: revision,
      stageMark: uses.mark, inputs: readInputs(entry.value["in"]), parameters: entry.value["with"],
      retries: Self.retries(entry.value["retry"]?.replacingReferences(by: bindings)),
      scope: (entry.value["scope"]?.replacingReferences(by: bindings).value.text)
        .flatMap(StepScope.init) ?? .case)
  }

  private static func retries(_ node: YAMLNode?) -> Int {
    guard let node else { return 0 }
    let value = node["times"]?.value ?? node.value
    return if case .int(let times) = value { Int(times) } else { 0 }
  }

  private func readInputs(_ node: YAMLNode?) -> [ManifestStep.Input] {
    (node?.entries ?? []).compactMap { entry in
      guard case .scalar(let text, _) = entry.value.content else { return nil }
      let (step, output) = Self.split(text)
      return ManifestStep.Input(
        slot: entry.key, slotMark: entry.keyMark, step: step, output: output,
        mark: entry.value.mark)
    }
  }

  /// `population.truth` is the output `truth` of the step `population`.
  private static func split(_ text: String) -> (step: String, output: String) {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(parts[0]), parts.count == 2 ? String(parts[1]) : "main")
  }

  private mutating func readMetrics(
    _ bindings: ParameterBindings, steps: [String]
  ) -> [Metric] {
    let known = Set(steps)
    return (root["metrics"]?.entries ?? []).compactMap { entry in
      guard let checked = fits(entry.value, ManifestShape.metric, bindings),
        let from = checked["from"]?.text,
        let path = checked["path"]?.text
      else { return nil }
      let (step, output) = Self.split(from)
      let fromMark = entry.value["from"]?.mark ?? entry.value.mark
      if !known.contains(step) {
        report(
          fromMark, "'\(step)' is not a step of this manifest.",
          suggestion: Suggestion.nearest(to: step, among: steps))
        return nil
      }
      let tolerance = checked["tolerance"]
      return Metric(
        name: entry.key, step: step, output: output,
        variable: path.hasPrefix("/") ? String(path.dropFirst()) : path,
        better: checked["better"]?.text.flatMap(Metric.Better.init) ?? .none,
        tolerance: .init(
          absolute: tolerance?["abs"]?.number ?? 0, relative: tolerance?["rel"]?.number ?? 0),
        mark: fromMark, pathMark: entry.value["path"]?.mark ?? entry.value.mark)
    }
  }

  private mutating func readClaims(
    _ bindings: ParameterBindings, _ sweep: Sweep?, _ metrics: [String]
  ) -> [Claim] {
    let node = root["expect"].map { $0.isScalar ? $0.replacingReferences(by: bindings) : $0 }
    guard case .list(let items) = node?.content else { return [] }
    let axes = sweep?.axes.map(\.name) ?? SweepReader.axisNames(root["sweep"])
    let known = Set(metrics + axes)
    return items.compactMap { item in
      guard case .scalar(let raw, _) = item.content else { return nil }
      let text = bindings.interpolate(raw, leavingAsNames: axes)
      do throws(ClaimSyntaxError) {
        let comparison = try Comparison(parsing: text)
        for name in comparison.names where !known.contains(name) {
          report(
            item.mark, "claim '\(text)': '\(name)' is not a metric of this manifest.",
            suggestion: Suggestion.nearest(to: name, among: metrics + axes))
        }
        return Claim(text: text, comparison: comparison, mark: item.mark)
      } catch {
        report(item.mark, "claim '\(text)': \(error.description).")
        return nil
      }
    }
  }

  /// As it was written: references are replaced when a report is made, case by case.
  private func notebook() -> [String: String] {
    let texts = (root["notebook"]?.entries ?? []).compactMap { entry -> (String, String)? in
      if case .scalar(let text, _) = entry.value.content { (entry.key, text) } else { nil }
    }
    return Dictionary(texts) { _, last in last }
  }

  private mutating func checkBench(steps: [String]) {
    guard case .list(let words) = root["bench"]?["steps"]?.content else { return }
    for node in words {
      let word = node.value.text ?? node.value.canonicalJSON
      guard !steps.contains(word) else { continue }
      report(
        node.mark, "bench: '\(word)' is not a step of this manifest.",
        suggestion: Suggestion.nearest(to: word, among: steps))
    }
  }

  private mutating func checkNotebook(steps: [String]) {
    let known = Set(steps)
    for entry in root["notebook"]?.entries ?? [] where !known.contains(entry.key) {
      report(
        entry.keyMark, "notebook: '\(entry.key)' is not a step of this manifest.",
        suggestion: Suggestion.nearest(to: entry.key, among: steps))
    }
  }
}

extension Manifest.BenchSettings {
  /// `bench:` of a checked document.
  fileprivate init(_ value: Value?) {
    steps = value?["steps"]?.items.compactMap(\.text) ?? []
    samples = value?["samples"]?.number.map { Int($0) }
    warmup = value?["warmup"]?.number.map { Int($0) }
    secondsMax = value?["max_time_s"]?.number
    threshold = value?["threshold"]?.number
    alpha = value?["alpha"]?.number
  }
}
