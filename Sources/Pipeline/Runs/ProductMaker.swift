import Foundation

/// Makes what a run makes of its results: metrics, the summary of a sweep, reports with figures.
///
/// Each product has an origin, the digest of everything that it is a function of. One whose origin
/// and file are those of the last run is left alone.
struct ProductMaker {
  private let session: RunSession
  private let results: [StepResult]
  private let metrics: MetricTable
  private let claims: [RunRecord.ClaimResult]
  private let sections: [String: ReportSection]
  private let old: RunSnapshot.Products
  private(set) var products: RunSnapshot.Products = [:]
  private(set) var reports: [String] = []
  var remarks: [String] = []

  private var plan: Plan { session.plan }
  private var folder: RunFolder { session.folder }
  private var isEverything: Bool { session.selection == .everything }

  /// Whether anything is other than it was after the last run.
  var isChanged: Bool { products != old }

  /// The products of the last runs with those of this one in place of their own.
  var allProducts: RunSnapshot.Products { old.merging(products) { $1 } }

  /// Whether this run made anything that the last runs had not made so.
  var addsProducts: Bool { allProducts != old }

  /// Where the record goes: a run of some cases leaves that of the whole sweep alone.
  var recordPlace: String {
    let only = isEverything ? "" : plan.cases.first?.folder ?? ""
    return "\(folder.path)/\(only)"
  }

  init(
    session: RunSession, results: [StepResult], metrics: MetricTable,
    claims: [RunRecord.ClaimResult], sections: [String: ReportSection],
    old: RunSnapshot.Products
  ) {
    self.session = session
    self.results = results
    self.metrics = metrics
    self.claims = claims
    self.sections = sections
    self.old = old
  }

  mutating func make() async throws {
    for i in plan.cases.indices { try writeMetrics(ofCase: i) }
    if plan.isSweep, isEverything {
      try write(metrics.jsonOfSweep(), to: "metrics.json")
    }
    guard results.contains(where: { $0.known != nil }), !Task.isCancelled else {
      // What stood here before still stands, and is known to be of the last run.
      products.merge(old) { new, _ in new }
      return
    }
    if plan.isSweep, isEverything {
      try await writeSweepReport()
    } else {
      for i in plan.cases.indices { try await writeReport(ofCase: i) }
    }
  }

  private func caseResults(_ i: Int) -> [StepResult] { plan.cases[i].steps.map { results[$0] } }

  private mutating func writeMetrics(ofCase i: Int) throws {
    guard caseResults(i).contains(where: { $0.known != nil }) else { return }
    try write(metrics.json(ofCase: i), to: plan.cases[i].folder + "metrics.json")
  }

  private mutating func write(_ document: Value, to name: String) throws {
    let text = document.prettyJSON
    let files = folder.files
    try product(name, origin: Digest(of: text)) { path in
      try files.replace(path, with: Data(text.utf8), isDurable: false)
    }
  }

  /// Makes a product unless it is there already.
  private mutating func product(
    _ name: String, origin: Digest, _ make: (String) throws -> Void
  ) throws {
    let path = folder.path + "/" + name
    if let last = old[name], last.origin == origin, folder.files.status(of: path) == last.status {
      products[name] = last
      return
    }
    folder.files.sweepAbandoned(in: (path as NSString).deletingLastPathComponent)
    try make(path)
    products[name] = try RunSnapshot.Product(at: path, origin: origin, folder.files)
  }

  private mutating func writeSweepReport() async throws {
    guard let sweep = plan.manifest.sweep else { return }
    let summary = SweepSummary(sweep, metrics, interval: session.interval)
    let (folder, files, experiment) = (folder, folder.files, plan.manifest.experiment)
    try product("summary.h5", origin: summary.origin) { path in
      // The library makes the file, so it cannot be claimed at once: the folder around it is.
      let scratch = try ScratchFolder(for: folder.path + "/.summary", files)
      try summary.write(to: scratch.path + "/summary.h5", experiment: experiment)
      try files.rename(scratch.path + "/summary.h5", to: path)
    }
    let report = SweepReport(
      plan: plan, summary: summary, claims: claims,
      summaryDigest: { [folder] in
        (try? folder.files.digest(ofFile: folder.path + "/summary.h5")) ?? Digest(of: "")
      }, libraries: session.engine.libraries)
    try await write(
      "", report.key(drawing: drawing), { report.draft(withFigures: $0) })
  }

  private mutating func writeReport(ofCase i: Int) async throws {
    let name = plan.cases[i].name
    let builder = ReportBuilder(
      plan: plan, caseIndex: i, results: results, metrics: metrics,
      claims: claims.filter { $0.case == name }, libraries: session.engine.libraries,
      sections: sections)
    let artifacts = folder.path + "/" + plan.cases[i].folder
    try await write(
      plan.cases[i].folder, builder.key(drawing: drawing),
      { try builder.draft(artifacts: artifacts, withFigures: $0) })
  }

  private var drawing: String? { Gnuplot.fingerprint(folder.files) }

  private mutating func write(
    _ place: String, _ key: Digest, _ draft: (Bool) throws -> ReportDraft
  ) async throws {
    let target = ReportFolder(folder: folder, place: place)
    let missing = "gnuplot is not installed, so the report has no figures (apt install gnuplot-nox)"
    let canDraw = drawing != nil
    if !canDraw, !remarks.contains(missing) { remarks.append(missing) }
    reports.append(place + "report.md")
    if let current = target.current(key, in: old) {
      products.merge(current) { new, _ in new }
      return
    }
    let (files, isDrawn) = try await target.write(key: key, drawing: canDraw, draft)
    if canDraw, !isDrawn { remarks.append("gnuplot refused to draw the figures") }
    products.merge(files) { new, _ in new }
  }
}
