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

  var files: any FileSystem { folder.files }
  var snapshotPath: String {
    "\(outputsRoot)/.kcpipe/snapshots/\(plan.manifest.experiment.name)"
  }

  /// Products of runs of some cases, which leave the snapshot of the whole sweep alone.
  var caseProductsPath: String { snapshotPath + " cases" }

  /// Whether cases get reports of their own, rather than the sweep one for all.
  private var reportsCases: Bool { !plan.isSweep || selection == .someCases }

  /// What was made by the last run of the same kind.
  private func oldProducts(_ snapshot: RunSnapshot?) -> RunSnapshot.Products {
    switch selection {
    case .everything: snapshot?.products ?? [:]
    case .someCases: RunSnapshot(reading: caseProductsPath, files)?.products ?? [:]
    }
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
    let sections = reportsCases ? SectionMaker(plan, engine.store) : nil
    var (results, closing) = await engine.run(
      plan, in: folder, options: options, snapshot: snapshot
    ) { event in
      switch event {
      case .started: index.open()
      case .ended(let result) where result.status == .executed: sections?.begin(result)
      default: break
      }
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
      summary = try await conclude(
        results, started, clock, snapshot, index, await sections?.sections() ?? [:])
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
    _ snapshot: RunSnapshot?, _ index: RunIndex, _ sections: [String: ReportSection]
  ) async throws -> Summary {
    let metrics = MetricTable(plan, results)
    let isWhole = results.allSatisfy { $0.known != nil }
    let claims = isWhole ? metrics.judge(plan.manifest.claims) : []
    var making = ProductMaker(
      session: self, results: results, metrics: metrics, claims: claims, sections: sections,
      old: oldProducts(snapshot))
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
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
