import Kernels
public import Pipeline

extension Traffic {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = TrafficArtifact
    let artifact = try results.main
    let messages = try artifact.scalar(A.messageCount)
    let served = try artifact.scalar(A.servedCount)
    try addLog(results.named("log"), to: &section)
    section.text(
      """
      Of \(messages) requests \(served) were replied to within \
      \(Format.number(try artifact.scalar(A.horizon))) s of simulated time; servers were busy for \
      \(Format.percent(try artifact.scalar(A.utilisation))) of it. A request waited \
      \(Format.number(try artifact.scalar(A.waitMean))) s on average, and \
      \(Format.number(try artifact.scalar(A.sojournMean))) s passed from sending to having the \
      reply. Clients filed \(try artifact.scalar(A.reportCount)) problem reports; \
      \(try artifact.scalar(A.suggestionCount)) suggestions wait for manual review.
      """)
    guard messages > 0 else { return }
    let (waits, routes) = try sample(artifact)
    addRoutes(waits, routes, to: &section)
    try addReasons(artifact, to: &section)
  }

  private static func addLog(_ log: ArtifactReader, to section: inout ReportSection) throws {
    let entries = try log.scalar(TrafficLog.entryCount)
    guard entries > 0 else { return }
    let skipped = try log.scalar(TrafficLog.skippedCount)
    section.text(
      """
      The log holds \(entries) records: \(try log.scalar(TrafficLog.requestCount)) requests, \
      \(try log.scalar(TrafficLog.markerCount)) module load markers and \
      \(try log.scalar(TrafficLog.blankCount)) blanks\
      \(skipped > 0 ? "; \(skipped) malformed records were skipped" : "").
      """)
  }

  /// Sojourn parts of at most a hundred thousand messages, evenly spread.
  private static func sample(
    _ artifact: ArtifactReader
  ) throws -> (waits: [(wait: Double, front: Double, sojourn: Double)], routes: [Int8]) {
    typealias A = TrafficArtifact
    let sent = try artifact.read(A.sent)
    let queued = try artifact.read(A.queued)
    let started = try artifact.read(A.started)
    let replied = try artifact.read(A.replied)
    let routes = try artifact.read(A.route)
    let step = max(1, sent.count / 100_000)
    let picks = stride(from: 0, to: sent.count, by: step)
    return (
      picks.map { (started[$0] - queued[$0], queued[$0] - sent[$0], replied[$0] - sent[$0]) },
      picks.map { routes[$0] }
    )
  }

  private static func addRoutes(
    _ waits: [(wait: Double, front: Double, sojourn: Double)], _ routes: [Int8],
    to section: inout ReportSection
  ) {
    var rows: [[String]] = []
    var series: [Figure.Series] = []
    for (code, route) in Route.allCases.enumerated() {
      let mine = waits.indices.filter { routes[$0] == Int8(code) }
      guard let sojourns = Quantiles(mine.map { waits[$0].sojourn }.filter(\.isFinite)) else {
        continue
      }
      let front = RunningMoments(mine.map { waits[$0].front })
      rows.append([
        route.rawValue, Format.number(mine.count), Format.number(front.mean),
        Format.number(sojourns.median), Format.number(sojourns.value(at: 0.95)),
      ])
      let levels = (0...100).map { Double($0) / 100 }
      series.append(
        Figure.Series(route.rawValue, .lines, x: levels.map(sojourns.value(at:)), y: levels))
    }
    section.table(
      ["route", "requests", "front end (s)", "median sojourn (s)", "95 % sojourn (s)"], rows)
    section.figure(
      Figure(
        "sojourn", title: "Time from sending to having the reply, by route",
        x: .init("sojourn (s)", logarithmic: true), y: .init("share of requests"), series))
  }

  private static func addReasons(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let reasons = try artifact.read(TrafficArtifact.reportReason)
    guard !reasons.isEmpty else { return }
    let counts = Complaint.allCases.indices.map { code in
      Double(reasons.count { $0 == Int8(code) })
    }
    section.figure(
      Figure(
        "reports", title: "Problem reports by reason", x: .init("reason"), y: .init("reports"),
        categories: Complaint.allCases.map(\.rawValue), [Figure.Series("", bars: counts)]))
  }
}
