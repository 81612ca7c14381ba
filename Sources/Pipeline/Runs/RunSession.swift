import Foundation

/// One run from a plan to a folder with datasets, metrics, report and record.
public struct RunSession: Sendable {
  public let plan: Plan
  public let folder: RunFolder
  let engine: Engine
  let outputsRoot: String
  let facts: BuildFacts
  let options: Engine.Options
  /// The cases whose reports are made; without a sweep, and for a whole sweep, there is one report.
  let selection: Selection
  let interval: @Sendable ([Double]) -> Spread

  /// How much of an experiment is run.
  public enum Selection: Sendable {
    case everything
    /// Some cases of a sweep: they get their datasets, metrics and reports, the rest stays as it is.
    case someCases
  }

  /// What a run leaves behind, for the last lines on a screen.
  public struct Summary: Sendable {
    public let metrics: MetricTable
    public let results: [StepResult]
    public let claims: [RunRecord.ClaimResult]
    public let wallSeconds: Double
    /// Below the outputs folder; empty where none was made.
    public let reports: [String]
    /// The text of `run.json`.
    public let recordJSON: String
    /// Things that did not go as wished and hindered nothing.
    public let remarks: [String]

    public var failedClaims: [RunRecord.ClaimResult] { claims.filter { !$0.holds } }
    public var failures: [StepResult] { results.filter { $0.status == .failed } }
  }

  /// `interval`: mean and spread of a sample, for the replicates of a sweep.
  public init(
    _ plan: Plan, engine: Engine, outputsRoot: String, facts: BuildFacts, options: Engine.Options,
    selection: Selection = .everything, interval: @escaping @Sendable ([Double]) -> Spread
  ) {
    self.plan = plan
    self.engine = engine
    self.outputsRoot = outputsRoot
    self.facts = facts
    self.options = options
    self.selection = selection
    self.interval = interval
    folder = RunFolder(
      path: outputsRoot + "/" + plan.manifest.experiment.name, files: engine.store.files)
  }

  private var files: any FileSystem { folder.files }
  private var snapshotPath: String {
    "\(outputsRoot)/.kcpipe/snapshots/\(plan.manifest.experiment.name)"
  }

  public func run(_ events: @escaping @Sendable (RunEvent) -> Void) async throws -> Summary {
    let clock = ContinuousClock.now
    let started = Timestamp()
    try files.makeFolder(folder.path)
    let claim = engine.store.claimForRun()
    defer { withExtendedLifetime(claim) {} }
    sweepAbandoned()
    let log = try RunLog(path: folder.path + "/log.txt")
    log.write("run of \(plan.manifest.experiment.name), \(facts.program)")
    let snapshot = RunSnapshot(reading: snapshotPath, files)
    let index = RunIndex(outputsRoot: outputsRoot)
    var (results, closing) = await engine.run(
      plan, in: folder, options: options, snapshot: snapshot
    ) { event in
      if case .started = event { index.open() }
      log.write(event)
      events(event)
    }
    // Two runs of one experiment with other parameters share its folder: who ends last owns it.
    let turn = takeTurn(events)
    defer { withExtendedLifetime(turn) {} }
    let placer = ResultPlacer(plan: plan, folder: folder, store: engine.store, snapshot: snapshot)
    results = placer.placingAgain(results)
    let summary: Summary
    do {
      summary = try await conclude(results, started, clock, snapshot, index)
    } catch {
      await closing.value
      throw error
    }
    await closing.value
    log.write("ended: \(Self.outcome(results, summary.claims))")
    return summary
  }

  /// Seconds to wait for another run of the same experiment to put its results in order.
  ///
  /// A run that stands still must not hold up others: each file is whole whoever writes it, so after
  /// that time the folder may be shared.
  private static let turnSecondsMax = 3.0

  private func takeTurn(_ events: @escaping @Sendable (RunEvent) -> Void) -> HeldLock? {
    let path = "\(engine.store.root)/locks/folder.\(plan.manifest.experiment.name)"
    return try? HeldLock(
      at: path, owner: options.owner, patience: min(options.lockPatience, Self.turnSecondsMax)
    ) { events(.waiting(step: "report", owner: $0)) }
  }

  /// Makes metrics, reports and the record of a run whose steps are done.
  private func conclude(
    _ results: [StepResult], _ started: Timestamp, _ clock: ContinuousClock.Instant,
    _ snapshot: RunSnapshot?, _ index: RunIndex
  ) async throws -> Summary {
    let metrics = MetricTable(plan, results)
    let isWhole = results.allSatisfy { $0.known != nil }
    let claims = isWhole ? metrics.judge(plan.manifest.claims) : []
    var making = ProductMaker(
      session: self, results: results, metrics: metrics, claims: claims,
      old: snapshot?.products ?? [:])
    try await making.make()
    let wall = ContinuousClock.now - clock
    let outcome = Self.outcome(results, claims)
    let head = recordHead(started, wall.seconds, outcome, claims, making.products)
    let record = RunRecordWriter(head, plan, results)
    try await keep(record, results, started, outcome, wall.seconds, snapshot, index, &making)
    return Summary(
      metrics: metrics, results: results, claims: claims, wallSeconds: wall.seconds,
      reports: making.reports, recordJSON: String(decoding: record.bytes, as: UTF8.self),
      remarks: making.remarks)
  }

  /// Removes what dead processes left behind, here and in the store.
  private func sweepAbandoned() {
    for place in [folder.path] + ["", "/runs", "/snapshots"].map({ outputsRoot + "/.kcpipe" + $0 })
    {
      files.sweepAbandoned(in: place)
    }
    engine.store.sweepAbandoned()
  }

  private static func outcome(
    _ results: [StepResult], _ claims: [RunRecord.ClaimResult]
  ) -> String {
    if results.contains(where: { $0.failure?.kind == .cancelled }) { return "cancelled" }
    if results.contains(where: { $0.status == .failed }) { return "failed" }
    if results.contains(where: { $0.status == .skipped }) { return "partial" }
    return claims.allSatisfy(\.holds) ? "complete" : "claims failed"
  }

  // MARK: The record

  private func identifier(_ started: Timestamp) -> String {
    let tail = String(UInt32.random(in: 0...0xFFFF), radix: 16)
    return "\(plan.manifest.experiment.name)-\(started.compact)-\(tail)"
  }

  private func recordHead(
    _ started: Timestamp, _ wall: Double, _ outcome: String, _ claims: [RunRecord.ClaimResult],
    _ products: RunSnapshot.Products
  ) -> Value {
    let manifest = plan.manifest
    let sources = manifest.sources.map { source in
      Value.object([
        "file": .string((source.path as NSString).lastPathComponent),
        "sha256": .string(source.digest.hex),
      ])
    }
    let stages = plan.steps.map { step in
      (
        step.stage.name,
        Value.object([
          "revision": .int(Int64(step.stage.revision)), "code": .string(step.stage.codeFingerprint),
        ])
      )
    }
    return .object([
      "format": .int(Int64(RunRecord.currentFormat)), "id": .string(identifier(started)),
      "experiment": .string(manifest.experiment.name), "title": .string(manifest.experiment.title),
      "manifest": .string((manifest.path as NSString).lastPathComponent),
      "sources": .list(sources), "seed": .string(String(manifest.experiment.seed)),
      "parameters": .object(Dictionary(manifest.parameters()) { _, last in last }),
      "build": facts.json, "started_at": .string(started.iso8601), "wall_s": .real(wall),
      "engine_cpu_s": .real(ResourceMeter.cpuSeconds()), "outcome": .string(outcome),
      "stages": .object(Dictionary(stages) { first, _ in first }),
      "claims": .list(claims.map(\.json)),
      "products": .object(products.mapValues { .string($0.sha256.hex) }),
    ])
  }

  /// Writes record, resources and snapshot; a run in which nothing changed adds nothing to the
  /// archive and the index.
  private func keep(
    _ record: RunRecordWriter, _ results: [StepResult], _ started: Timestamp, _ outcome: String,
    _ wall: Double, _ snapshot: RunSnapshot?, _ index: RunIndex, _ making: inout ProductMaker
  ) async throws {
    let place = making.recordPlace
    let isChanged = results.contains { $0.status != .cached } || snapshot == nil
    let isFirst = files.status(of: place + "run.json") == nil
    removeLeftovers(before: isChanged && selection == .everything)
    try files.replace(place + "run.json", with: Data(record.bytes), isDurable: false)
    let table = ResourceTable(
      plan: plan, results: results, started: started, wallSeconds: wall, outcome: outcome,
      facts: facts)
    try files.replace(
      place + "resources.md", with: Data(table.markdown.utf8), isDurable: false)
    if isChanged || making.isChanged, selection == .everything {
      try writeSnapshot(results, making.products)
    }
    guard isChanged || isFirst else { return }
    let line = RunStore.Line(
      id: record.id, experiment: plan.manifest.experiment.name, startedAt: started.iso8601,
      outcome: outcome, wallSeconds: wall, executed: results.count { $0.status == .executed },
      steps: results.count, folder: folder.path)
    do {
      try RunArchive(outputsRoot: outputsRoot, files: files).keep(
        place + "run.json", id: record.id)
      try await index.store().add(line)
    } catch {
      making.remarks.append(
        "the index of runs could not be written (\(error)); nothing depends on it")
    }
  }

  private func writeSnapshot(
    _ results: [StepResult], _ products: RunSnapshot.Products
  ) throws {
    let placer = ResultPlacer(plan: plan, folder: folder, store: engine.store, snapshot: nil)
    let entries = zip(results, plan.steps).compactMap { result, step in
      result.known.map { RunSnapshot.Entry(known: $0, copies: placer.copies(result, of: step)) }
    }
    try files.makeFolder(outputsRoot + "/.kcpipe/snapshots")
    try files.replace(
      snapshotPath, with: Data(RunSnapshot.encode(entries, products: products)), isDurable: false)
  }

  /// Removes files of steps and cases that the manifest no longer has.
  private func removeLeftovers(before isWanted: Bool) {
    guard isWanted, let previous = folder.record else { return }
    let kept = Set(
      plan.steps.flatMap { step in
        step.stage.outputs.flatMap { plan.files(of: step, output: $0.name) }
      })
    for place in previous.placements where !kept.contains(place.file) && place.file.isBelow {
      try? files.remove(folder.path + "/" + place.file)
    }
    let folders = Set(plan.cases.map(\.folder))
    for one in previous.cases where !folders.contains(one.folder) && one.folder.isBelow {
      try? files.remove(folder.path + "/" + one.folder)
    }
  }
}

extension String {
  /// Whether a path from a record stays below the folder that it is joined to.
  fileprivate var isBelow: Bool {
    !isEmpty && !hasPrefix("/") && !split(separator: "/").contains("..")
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

extension RunRecord.ClaimResult {
  fileprivate var json: Value {
    .object([
      "text": .string(text), "case": .string(`case`), "holds": .bool(holds),
      "left": left.map(Value.real) ?? .null, "right": right.map(Value.real) ?? .null,
    ])
  }
}
