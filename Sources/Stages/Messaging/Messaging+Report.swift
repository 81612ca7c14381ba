import Kernels
public import Pipeline

extension Messaging {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    typealias A = MessagingArtifact
    let artifact = try results.main
    let remaining = try artifact.scalar(A.remaining)
    section.text(
      """
      Of \(try artifact.scalar(A.sent)) messages \(try artifact.scalar(A.acknowledged)) were \
      acknowledged, \(try artifact.scalar(A.dead)) dead-lettered and \
      \(try artifact.scalar(A.gone)) lost\(remaining > 0 ? "; \(remaining) were left" : "") within \
      \(Format.number(try artifact.scalar(A.horizon))) s of simulated time. There were \
      \(try artifact.scalar(A.deliveries)) deliveries, \(try artifact.scalar(A.redeliveries)) of \
      them again, and \(try artifact.scalar(A.failures)) failures of consumers. From being sent to \
      being done a message took \(Format.number(try artifact.scalar(A.sojournMean))) s on average \
      and \(Format.number(try artifact.scalar(A.sojournP95))) s at the 95 % quantile. Queues held \
      \(Format.number(try artifact.scalar(A.waitingMean))) messages on average and \
      \(try artifact.scalar(A.waitingMax)) at most; publishers were blocked for \
      \(Format.number(try artifact.scalar(A.blockedSeconds))) s, all added up.
      """)
    try addLosses(artifact, to: &section)
    try addLengths(artifact, to: &section)
    try addSojourns(artifact, to: &section)
  }

  private static func addLosses(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    let gone = try artifact.read(MessagingArtifact.goneByReason)
    let dead = try artifact.read(MessagingArtifact.deadByReason)
    guard gone.contains(where: { $0 > 0 }) || dead.contains(where: { $0 > 0 }) else { return }
    let reasons = LossReason.allCases
    let rows = reasons.indices.filter { gone[$0] + dead[$0] > 0 }.map { code in
      [reasons[code].rawValue, String(dead[code]), String(gone[code])]
    }
    section.table(["reason", "dead-lettered", "gone"], rows)
    section.figure(
      Figure(
        "losses", title: "Messages that queues lost, by reason", x: .init("reason"),
        y: .init("messages"), categories: reasons.map(\.rawValue),
        [
          .init("dead-lettered", bars: dead.map(Double.init)),
          .init("gone", bars: gone.map(Double.init)),
        ]))
  }

  private static func addLengths(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = MessagingArtifact
    let times = try artifact.read(A.sampleTime)
    guard !times.isEmpty else { return }
    let waiting = try artifact.read(A.sampleWaiting).map(Double.init)
    let inHand = try artifact.read(A.sampleInHand).map(Double.init)
    section.figure(
      Figure(
        "length", title: "Messages over time", x: .init("simulated time (s)"),
        y: .init("messages"),
        [
          .init("waiting", .steps, x: times, y: waiting),
          .init("in hand", .steps, x: times, y: inHand),
        ]))
  }

  private static func addSojourns(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    guard let sojourns = Quantiles(try artifact.read(MessagingArtifact.sojourn)) else { return }
    let levels = (0...100).map { Double($0) / 100 }
    section.figure(
      Figure(
        "sojourn", title: "Time from being sent to being done",
        x: .init("sojourn (s)", logarithmic: true), y: .init("share of messages"),
        [.init("", .lines, x: levels.map(sojourns.value(at:)), y: levels)]))
  }
}
