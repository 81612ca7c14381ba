import Foundation
public import Pipeline

extension Queueing {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    let artifact = try results.main
    let customers = try artifact.scalar(A.customers)
    let waits = try artifact.read(A.waits)
    guard customers > 0 else { return section.text("No message was sent.") }
    section.text(
      """
      Of \(customers) messages \(try artifact.scalar(A.served)) were served and \
      \(try artifact.scalar(A.lost)) lost, in \(waits.count) independent \
      \(waits.count == 1 ? "run" : "runs"). Servers were busy for \
      \(Format.percent(try artifact.scalar(A.utilisation))) of the time, and \
      \(Format.number(try artifact.scalar(A.numberMean))) messages were present on average. Both \
      sides of Little's law differ by \(Format.number(try artifact.scalar(A.littleResidual))) of \
      their value at most.
      """)
    try addEnds(artifact, to: &section)
    try addMeans(artifact, to: &section)
    try addClasses(artifact, to: &section)
    try addBatches(artifact, to: &section)
    try addWaits(artifact, to: &section)
    try addCounts(artifact, to: &section)
    try addStations(artifact, to: &section)
  }

  /// Why messages were lost, and how many were late; nothing where none was.
  private static func addEnds(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    if try artifact.scalar(A.lost) > 0 {
      section.text(
        """
        \(try artifact.scalar(A.blocked)) were lost where a station was full, \
        \(try artifact.scalar(A.balked)) did not join, and \(try artifact.scalar(A.reneged)) lost patience.
        """)
    }
    let late = try artifact.scalar(A.late)
    if late > 0 {
      section.text(
        "\(try artifact.scalar(A.inTime)) left within their deadline and \(late) after it.")
    }
  }

  private static func addClasses(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    let names = try artifact.read(A.className)
    guard names.count > 1 else { return }
    let (visits, late) = (try artifact.read(A.classVisits), try artifact.read(A.classLate))
    let (waits, stays) = (try artifact.read(A.classWait), try artifact.read(A.classSojourn))
    section.table(
      ["class", "services", "mean wait (s)", "mean stay at a station (s)", "late"],
      names.indices.map { i in
        [
          names[i], "\(visits[i])", Format.number(waits[i]), Format.number(stays[i]), "\(late[i])",
        ]
      })
  }

  private static func addMeans(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    func width(_ value: Double) -> String { value.isFinite ? Format.number(value) : "one run" }
    func exact(_ value: Double) -> String { value.isFinite ? Format.number(value) : "unknown" }
    section.table(
      ["mean", "seconds", "half of the 95 % interval", "closed form"],
      [
        [
          "wait", Format.number(try artifact.scalar(A.waitMean)),
          width(try artifact.scalar(A.waitHalfWidth)), exact(try artifact.scalar(A.waitTheoryMean)),
        ],
        [
          "from arrival to leaving", Format.number(try artifact.scalar(A.sojournMean)),
          width(try artifact.scalar(A.sojournHalfWidth)), "",
        ],
      ])
  }

  /// What one run says by itself of its warm-up and of the error of its mean.
  private static func addBatches(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    let width = try artifact.scalar(A.batchHalfWidth)
    guard width.isFinite else { return }
    let warmup = try artifact.scalar(A.warmup)
    section.text(
      """
      In the first run alone, \(warmup < 0 ? "MSER-5 finds it too short to see the end of the warm-up" :
        "MSER-5 would delete \(warmup) waits from the start"); 32 batches give the mean wait \
      +- \(Format.number(width)) s (95 %), with a correlation of \
      \(Format.number(try artifact.scalar(A.batchCorrelation))) between neighbours.
      """)
  }

  /// The share of messages that wait longer, against the closed form where there is one.
  private static func addWaits(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = QueueingArtifact
    let orders = try artifact.read(A.orders)
    guard !orders.isEmpty else { return }
    let above = orders.map { 1 - $0 }
    var series: [Figure.Series] = [
      .init("waits, simulated", .points, x: try artifact.read(A.waitQuantiles), y: above)
    ]
    let theory = try artifact.read(A.waitTheory)
    if theory.allSatisfy(\.isFinite) {
      series.append(.init("waits, closed form", .lines, x: theory, y: above))
    }
    series.append(
      .init("whole stay, simulated", .lines, x: try artifact.read(A.sojournQuantiles), y: above))
    section.figure(
      Figure(
        "waits", title: "Share of messages that take longer", x: .init("time (s)"),
        y: .init("share", logarithmic: true), series))
  }

  private static func addCounts(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let shares = try artifact.read(QueueingArtifact.countShare)
    guard let last = shares.lastIndex(where: { $0 > 1e-4 }), last < shares.count - 1 else { return }
    section.figure(
      Figure(
        "present", title: "Messages present", x: .init("messages present"),
        y: .init("share of time"),
        [
          .init("", .bars, x: (0...last).map(Double.init), y: Array(shares[...last]))
        ]))
  }

  private static func addStations(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let busy = try artifact.read(QueueingArtifact.stationUtilisation)
    guard busy.count > 1 else { return }
    let sorted = busy.sorted()
    let shares = sorted.indices.map { Double($0 + 1) / Double(sorted.count) }
    let step = max(1, sorted.count / 1000)
    let picks = stride(from: 0, to: sorted.count, by: step)
    section.figure(
      Figure(
        "stations", title: "Utilisation of the stations", x: .init("busy share of its servers"),
        y: .init("share of stations below"),
        [.init("", .lines, x: picks.map { sorted[$0] }, y: picks.map { shares[$0] })]))
  }
}
