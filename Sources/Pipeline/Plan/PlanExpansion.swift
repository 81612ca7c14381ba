/// Turns the ordered steps of a manifest into the steps of all its cases.
struct PlanExpansion {
  private let manifest: Manifest
  private let sweep: Sweep?
  private let order: [ManifestStep]
  private let stages: [StageDescription]
  /// How many steps of the same stage come before, in the manifest's order.
  private let occurrences: [Int]
  private var resolver: ParameterResolver
  private var diagnostics: [Diagnostic] = []

  /// What a step depends on, by itself and through its inputs.
  private struct Dependence {
    /// Axes that its own parameters refer to.
    var own: [Int] = []
    /// Axes that it or what it reads refers to, in order.
    var axes: [Int] = []
    var replicate = false
  }

  init(
    manifest: Manifest, catalog: StageCatalog, files: any FileSystem, order: [ManifestStep]
  ) {
    self.manifest = manifest
    self.order = order
    sweep = manifest.sweep
    stages = order.compactMap { catalog[$0.stage] }
    resolver = ParameterResolver(manifest: manifest, files: files)
    occurrences = order.map { step in
      manifest.steps.prefix { $0.name != step.name }.count { $0.stage == step.stage }
    }
  }

  mutating func plan() throws(ManifestError) -> Plan {
    let dependences = findDependences()
    let sweep = self.sweep ?? Sweep.single
    var builder = Builder(count: order.count)
    for one in sweep.cases {
      add(one, of: sweep, dependences, to: &builder)
      if resolver.diagnostics.count > Self.complaintsMax { break }
    }
    diagnostics += resolver.diagnostics
    guard diagnostics.isEmpty else { throw ManifestError(diagnostics) }
    return Plan(
      manifest: manifest, steps: builder.finishedSteps(), cases: builder.cases,
      stepNames: order.map(\.name))
  }

  /// A sweep with a mistake could repeat it in every case.
  private static let complaintsMax = 200

  // MARK: What depends on what

  private mutating func findDependences() -> [Dependence] {
    var found: [Dependence] = []
    let place = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.name, $0) })
    for (i, step) in order.enumerated() {
      var one = Dependence()
      let names = step.parameters?.references ?? []
      one.own = (sweep?.axes ?? []).indices.filter { names.contains(sweep?.axes[$0].name ?? "") }
      let inputs = step.inputs.compactMap { place[$0.step] }.map { found[$0] }
      one.axes = Set(one.own + inputs.flatMap(\.axes)).sorted()
      one.replicate =
        (sweep?.replicates ?? 1) > 1 && (stages[i].isRandom || inputs.contains(where: \.replicate))
      if step.scope == .sweep { check(step, &one, inputs) }
      found.append(one)
    }
    return found
  }

  /// What is run once for all cases must not differ between them.
  private mutating func check(_ step: ManifestStep, _ one: inout Dependence, _ inputs: [Dependence])
  {
    if let axis = one.axes.first, let sweep {
      let way = one.own.contains(axis) ? "its parameters" : "its inputs"
      diagnostics.append(
        Diagnostic(
          step.mark.place,
          "'\(step.name)' has `scope: sweep`, but \(way) depend on the axis '\(sweep.axes[axis].name)'."
        ))
    } else if inputs.contains(where: \.replicate) {
      diagnostics.append(
        Diagnostic(
          step.mark.place,
          "'\(step.name)' has `scope: sweep`, but its inputs differ between replicates."))
    }
    one.replicate = false
  }

  // MARK: Cases

  /// The steps found so far, by what tells them apart.
  private struct Builder {
    /// A step in the making; its cases are still being gathered.
    struct Node {
      let name: String
      let caseName: String
      let stage: StageDescription
      let resolved: ParameterResolver.Resolved
      let seed: UInt64
      let inputs: [PlannedStep.Input]
      let retries: Int
      let isOnceForAll: Bool
      var cases: [Int]
    }

    var nodes: [Node] = []
    var cases: [PlannedCase] = []
    /// By step: coordinates that it depends on to node.
    var known: [[[Int]: Int]]
    /// By step: coordinates that its parameters refer to, to parameters.
    var resolved: [[[Int]: ParameterResolver.Resolved]]

    init(count: Int) {
      known = Array(repeating: [:], count: count)
      resolved = Array(repeating: [:], count: count)
    }

    func finishedSteps() -> [PlannedStep] {
      nodes.map { node in
        PlannedStep(
          name: node.name, caseName: node.caseName, stage: node.stage,
          parameters: node.resolved.parameters, files: node.resolved.files, seed: node.seed,
          inputs: node.inputs, retries: node.retries, cases: node.cases,
          isOnceForAll: node.isOnceForAll)
      }
    }
  }

  private mutating func add(
    _ one: Sweep.Case, of sweep: Sweep, _ dependences: [Dependence], to builder: inout Builder
  ) {
    let number = builder.cases.count
    var places: [String: Int] = [:]
    var indices: [Int] = []
    for (i, step) in order.enumerated() {
      let dependence = dependences[i]
      var coordinates = dependence.axes.map { one.positions[$0] }
      if dependence.replicate { coordinates.append(one.replicate) }
      if let index = builder.known[i][coordinates] {
        builder.nodes[index].cases.append(number)
        places[step.name] = index
        indices.append(index)
        continue
      }
      guard let resolved = resolve(i, one, sweep, dependence, &builder) else { continue }
      let index = builder.nodes.count
      builder.nodes.append(
        Builder.Node(
          name: step.name, caseName: caseName(one, sweep, dependence), stage: stages[i],
          resolved: resolved, seed: seed(i, one, sweep, dependence),
          inputs: step.inputs.map {
            .init(slot: $0.slot, producer: places[$0.step] ?? 0, output: $0.output)
          }, retries: step.retries, isOnceForAll: step.scope == .sweep, cases: [number]))
      builder.known[i][coordinates] = index
      places[step.name] = index
      indices.append(index)
    }
    builder.cases.append(
      PlannedCase(
        name: self.sweep == nil ? "" : sweep.name(of: one), coordinates: sweep.coordinates(of: one),
        replicate: one.replicate, steps: indices))
  }

  private mutating func resolve(
    _ i: Int, _ one: Sweep.Case, _ sweep: Sweep, _ dependence: Dependence, _ builder: inout Builder
  ) -> ParameterResolver.Resolved? {
    let coordinates = dependence.own.map { one.positions[$0] }
    if let resolved = builder.resolved[i][coordinates] { return resolved }
    let bindings =
      dependence.own.isEmpty
      ? manifest.bindings : manifest.bindings.replacing(sweep.coordinates(of: one))
    guard let resolved = resolver.resolve(order[i], stages[i], bindings) else { return nil }
    builder.resolved[i][coordinates] = resolved
    return resolved
  }

  private func caseName(_ one: Sweep.Case, _ sweep: Sweep, _ dependence: Dependence) -> String {
    sweep.name(of: one, axes: Set(dependence.axes), withReplicate: dependence.replicate)
  }

  /// The root of a step's random streams.
  ///
  /// It hashes the stage and how many of its kind come before it, not the step's name: a step may be
  /// renamed without a rerun, and two steps of one stage still differ. In a sweep it hashes the
  /// coordinates that the step depends on, so a new case changes no other.
  private func seed(
    _ i: Int, _ one: Sweep.Case, _ sweep: Sweep, _ dependence: Dependence
  ) -> UInt64 {
    var text = "kcpipe seed 1\n\(manifest.experiment.seed)\n\(stages[i].name)\n\(occurrences[i])\n"
    let coordinates = dependence.axes.map { axis in
      (name: sweep.axes[axis].name, value: sweep.axes[axis].values[one.positions[axis]])
    }
    for (name, value) in coordinates.sorted(by: { $0.name < $1.name }) {
      text += "\(name) \(value.canonicalJSON)\n"
    }
    if dependence.replicate, one.replicate > 1 { text += "replicate \(one.replicate)\n" }
    return Digest(of: text).word
  }
}

extension Sweep {
  /// What an experiment without a sweep comes to.
  fileprivate static let single = Sweep(
    axes: [], cases: [Case(positions: [], replicate: 1)], replicates: 1)
}

extension YAMLNode {
  /// Every parameter that a tree of values refers to.
  fileprivate var references: Set<String> {
    switch content {
    case .scalar(let text, _): Set(ParameterBindings.references(in: text))
    case .list(let items): items.reduce(into: []) { $0.formUnion($1.references) }
    case .mapping(let entries): entries.reduce(into: []) { $0.formUnion($1.value.references) }
    }
  }
}
