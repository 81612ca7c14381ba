import Foundation

/// One run from a plan to a folder with datasets, metrics, report and record.
public struct RunSession: Sendable {
  public let plan: Plan
  public let folder: RunFolder
  let engine: Engine
  let outputsRoot: String
  let facts: BuildFacts
  let options: Engine.Options

  /// What a run leaves behind, for the last lines on a screen.
  public struct Summary: Sendable {
    public let record: RunRecord
    public let metrics: MetricTable
    public let results: [StepResult]
    /// Things that did not go as wished and hindered nothing.
    public let remarks: [String]

    public var failedClaims: [RunRecord.ClaimResult] { record.claims.filter { !$0.holds } }
    public var failures: [StepResult] { results.filter { $0.status == .failed } }
  }

  public init(
    _ plan: Plan, engine: Engine, outputsRoot: String, facts: BuildFacts, options: Engine.Options
  ) {
    self.plan = plan
    self.engine = engine
    self.outputsRoot = outputsRoot
    self.facts = facts
    self.options = options
    folder = RunFolder(
      path: outputsRoot + "/" + plan.manifest.experiment.name, files: engine.store.files)
  }

  public func run(_ events: @escaping @Sendable (RunEvent) -> Void) async throws -> Summary {
    let clock = ContinuousClock.now
    let started = Date()
    try folder.files.makeFolder(folder.path)
    let log = try RunLog(path: folder.path + "/log.txt")
    log.write("run of \(plan.manifest.experiment.name), \(facts.program)")
    let results = await engine.run(plan, in: folder, options: options) { event in
      log.write(event)
      events(event)
    }
    var remarks: [String] = []
    let previous = previousRecord()
    let seals = Dictionary(
      uniqueKeysWithValues: results.compactMap { r in r.seal.map { (r.step, $0) } })
    let metrics = MetricTable(plan, seals: seals)
    let claims = seals.count == plan.steps.count ? metrics.judge(plan.manifest.claims) : []
    try folder.files.replace(
      folder.path + "/metrics.json", with: Data(metrics.json.prettyJSON.utf8), isDurable: false)
    let report = try await writeReport(seals, metrics, claims, previous, &remarks)
    let wall = ContinuousClock.now - clock
    let record = RunRecord(
      format: RunRecord.currentFormat, id: Self.identifier(plan, started),
      experiment: plan.manifest.experiment.name, title: plan.manifest.experiment.title,
      manifest: (plan.manifest.path as NSString).lastPathComponent,
      manifestSHA256: (try? folder.files.digest(ofFile: plan.manifest.path)) ?? Digest(of: ""),
      seed: plan.manifest.experiment.seed,
      parameters: .object(
        Dictionary(uniqueKeysWithValues: plan.manifest.parameters.map { ($0.name, $0.value) })),
      build: facts, startedAt: started.formatted(.iso8601),
      wallSeconds: Double(wall.components.seconds) + Double(wall.components.attoseconds) * 1e-18,
      outcome: Self.outcome(results, claims),
      steps: zip(results, plan.steps).map { RunRecord.Step($0, $1, in: plan) },
      claims: claims, report: report)
    try write(record, previous, &remarks)
    log.write("ended: \(record.outcome)")
    return Summary(record: record, metrics: metrics, results: results, remarks: remarks)
  }

  private func previousRecord() -> RunRecord? { folder.record }

  private static func identifier(_ plan: Plan, _ date: Date) -> String {
    let stamp = date.formatted(
      .verbatim(
        "\(year: .defaultDigits)\(month: .twoDigits)\(day: .twoDigits)T\(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased))\(minute: .twoDigits)\(second: .twoDigits)",
        timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
    let tail = String(UInt32.random(in: 0...0xFFFF), radix: 16)
    return "\(plan.manifest.experiment.name)-\(stamp)-\(tail)"
  }

  private static func outcome(
    _ results: [StepResult], _ claims: [RunRecord.ClaimResult]
  ) -> String {
    if results.contains(where: { $0.failure?.kind == .cancelled }) { return "cancelled" }
    if results.contains(where: { $0.status == .failed }) { return "failed" }
    if results.contains(where: { $0.status == .skipped }) { return "partial" }
    return claims.allSatisfy(\.holds) ? "complete" : "claims failed"
  }

  private func writeReport(
    _ seals: [String: Seal], _ metrics: MetricTable, _ claims: [RunRecord.ClaimResult],
    _ previous: RunRecord?, _ remarks: inout [String]
  ) async throws -> RunRecord.ReportFiles? {
    guard !seals.isEmpty, !Task.isCancelled else { return previous?.report }
    let builder = ReportBuilder(
      plan: plan, seals: seals, metrics: metrics, claims: claims, libraries: engine.libraries)
    let drawing = Gnuplot.fingerprint(folder.files)
    let key = builder.key(drawing: drawing)
    let place = ReportFolder(folder: folder)
    let missing = "gnuplot is not installed, so the report has no figures (apt install gnuplot-nox)"
    if drawing == nil { remarks.append(missing) }
    if let current = place.current(key, in: previous) { return current }
    let (files, isDrawn) = try await place.write(builder, key: key, drawing: drawing != nil)
    if drawing != nil, !isDrawn { remarks.append("gnuplot refused to draw the figures") }
    return files
  }

  private func write(
    _ record: RunRecord, _ previous: RunRecord?, _ remarks: inout [String]
  ) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    let text = try encoder.encode(record)
    try folder.files.replace(folder.path + "/run.json", with: text, isDurable: false)
    try folder.files.replace(
      folder.path + "/resources.md", with: Data(ResourceTable(record).markdown.utf8),
      isDurable: false)
    removeLeftovers(of: previous, now: record)
    // A run in which nothing changed is no news: it stays out of archive and index.
    guard previous == nil || record.steps.contains(where: { $0.status != .cached }) else { return }
    try RunArchive(outputsRoot: outputsRoot, files: folder.files).keep(record, text)
    do {
      let index = try RunStore(path: outputsRoot + "/.kcpipe/runs.sqlite")
      try index.add(record, folder: folder.path)
    } catch {
      remarks.append("the index of runs could not be written (\(error)); nothing depends on it")
    }
  }

  /// Files of steps that the manifest no longer has.
  private func removeLeftovers(of previous: RunRecord?, now record: RunRecord) {
    let kept = Set(
      plan.steps.flatMap { step in
        step.stage.outputs.map { RunFolder.fileName(step: step.name, output: $0.name) }
      })
    for file in previous?.steps.flatMap({ $0.artifacts.map(\.file) }) ?? []
    where !kept.contains(file) && !file.contains("/") {
      try? folder.files.remove(folder.path + "/" + file)
    }
  }
}
