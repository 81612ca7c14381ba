public import Pipeline

extension Arbitration {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    let artifact = try results.main
    let docket = try Docket(artifact)
    let parameters = Parameters(checked: results.parameters)
    try addCases(artifact, to: &section)
    try addPanel(artifact, parameters, to: &section)
    addActions(docket, to: &section)
    section.figure(evidence(docket))
    addConvicts(docket, to: &section)
    addHumanCases(docket, parameters, to: &section)
  }

  private static func addCases(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = ArbitrationArtifact
    let nodes = try artifact.scalar(A.nodeCount)
    let dealings = try artifact.scalar(A.dealingCount)
    let complaints = try artifact.scalar(A.complaintCount)
    let share = Format.percent(try artifact.scalar(A.baseShare))
    let accused = try artifact.scalar(A.accusedCount)
    let convicted = try artifact.scalar(A.convictedCount)
    let humans = try artifact.scalar(A.humanCount)
    let confidence = Format.percent(try artifact.scalar(A.meanConfidence))
    let lost = try artifact.scalar(A.withoutTrail)
    section.text(
      "Clients complained of \(complaints) of \(dealings) dealings (\(share)) with \(nodes) nodes."
        + (lost == 0 ? "" : " \(lost) reports fit no record and count for nothing.")
        + (accused == 0
          ? " Nobody was accused."
          : " Nodes accused: \(accused); convicted: \(convicted); cases that a human must see:"
            + " \(humans). The mean confidence of the verdicts on the accused is \(confidence)."))
  }

  private static func addPanel(
    _ artifact: ArtifactReader, _ parameters: Parameters, to section: inout ReportSection
  ) throws {
    typealias A = ArbitrationArtifact
    let right = Format.number(try artifact.scalar(A.panelRight))
    let hits = try artifact.read(A.arbiterHitRate)
    let alarms = try artifact.read(A.arbiterFalseAlarmRate)
    let iterations = try artifact.scalar(A.iterations)
    let corrupt = Format.percent(try artifact.scalar(A.corruptShare))
    let word =
      parameters.detector == .majority
      ? "The majority of the panel has the last word."
      : "The model has the last word, from a posterior of"
        + " \(Format.number(parameters.threshold))."
    section.text(
      "Each of \(parameters.panel) arbiters turns his vote round with probability"
        + " \(Format.number(parameters.arbiterError)); on clear evidence the majority is right"
        + " with probability \(right) (exact). \(word)")
    guard try artifact.scalar(A.accusedCount) > 0 else { return }
    section.text(
      "The model of Dawid and Skene over clients and arbiters, after \(iterations)"
        + " iteration\(iterations == 1 ? "" : "s"), puts the share of corrupt nodes at"
        + " \(corrupt), and holds that an arbiter votes guilty on"
        + " \(Format.percent(mean(hits))) of the corrupt and on \(Format.percent(mean(alarms))) of"
        + " the honest. Its posteriors lean to the extremes, because complaints with a common cause"
        + " count as independent: a node that is overloaded for all its clients looks corrupt.")
  }

  private static func addActions(_ docket: Docket, to section: inout ReportSection) {
    let rows = ArbiterAction.allCases.map { action in
      let nodes = docket.accused.filter { docket.action[$0] == action.code }
      return [
        action.rawValue, Format.number(nodes.count),
        Format.percent(mean(nodes.map { docket.share[$0] })),
        Format.number(mean(nodes.map { docket.posterior[$0] })),
        Format.number(mean(nodes.map { docket.quality[$0] })),
      ]
    }
    section.text("What was done to the accused, with means over the nodes of each row:")
    section.table(["action", "nodes", "complaint share", "posterior", "quality of service"], rows)
  }

  private static func evidence(_ docket: Docket) -> Figure {
    func series(_ name: String, _ verdict: Verdict) -> Figure.Series {
      let nodes = thinned(docket.accused.filter { docket.verdict[$0] == verdict.code })
      return Figure.Series(
        name, .points, x: nodes.map { docket.share[$0] }, y: nodes.map { docket.posterior[$0] })
    }
    return Figure(
      "evidence", title: "Complaints and what the model makes of them",
      x: .init("complaints per dealing"), y: .init("posterior of being corrupt"),
      [series("acquitted", .honest), series("convicted", .corrupt)])
  }

  private static func addConvicts(_ docket: Docket, to section: inout ReportSection) {
    let convicts = docket.accused.filter { docket.verdict[$0] == Verdict.corrupt.code }
      .sorted { docket.complaints[$0] > docket.complaints[$1] }
    guard !convicts.isEmpty else {
      section.text("Nobody was convicted.")
      return
    }
    section.text("The convicts with the most complaints:")
    section.table(Docket.headers, convicts.prefix(10).map(docket.row))
  }

  private static func addHumanCases(
    _ docket: Docket, _ parameters: Parameters, to section: inout ReportSection
  ) {
    let band = Format.number(parameters.humanBand)
    let cases = docket.accused.filter { docket.needsHuman[$0] == 1 }
      .sorted { docket.confidence[$0] < docket.confidence[$1] }
    guard !cases.isEmpty else {
      section.text("No case lies within \(band) of the border; none waits for a human.")
      return
    }
    section.text("Cases within \(band) of the border, for a human; the least certain come first:")
    section.table(Docket.headers, cases.prefix(10).map(docket.row))
  }

  /// At most a thousand of them, evenly.
  private static func thinned(_ nodes: [Int]) -> [Int] {
    stride(from: 0, to: nodes.count, by: max(1, (nodes.count + 999) / 1000)).map { nodes[$0] }
  }

  /// NaN without values, which a table shows as a dash.
  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The nodes as the artifact holds them.
  private struct Docket {
    let dealings: [Int64]
    let complaints: [Int64]
    let share: [Double]
    let quality: [Double]
    let votesGuilty: [Int32]
    let votesCast: [Int32]
    let posterior: [Double]
    let verdict: [Int8]
    let confidence: [Double]
    let action: [Int8]
    let needsHuman: [Int8]

    init(_ artifact: ArtifactReader) throws(DataError) {
      typealias A = ArbitrationArtifact
      dealings = try artifact.read(A.dealings)
      complaints = try artifact.read(A.complaints)
      share = try artifact.read(A.complaintShare)
      quality = try artifact.read(A.quality)
      votesGuilty = try artifact.read(A.votesGuilty)
      votesCast = try artifact.read(A.votesCast)
      posterior = try artifact.read(A.posterior)
      verdict = try artifact.read(A.verdict)
      confidence = try artifact.read(A.confidence)
      action = try artifact.read(A.action)
      needsHuman = try artifact.read(A.needsHuman)
    }

    /// By ascending number.
    var accused: [Int] { complaints.indices.filter { complaints[$0] > 0 } }

    static let headers = [
      "node", "dealings", "complaints", "votes guilty", "posterior", "verdict", "action",
    ]

    func row(_ node: Int) -> [String] {
      [
        String(node), String(dealings[node]), String(complaints[node]),
        "\(votesGuilty[node]) of \(votesCast[node])", Format.number(posterior[node]),
        ArbitrationArtifact.verdict.entry.flags[Int(verdict[node])],
        ArbitrationArtifact.action.entry.flags[Int(action[node])],
      ]
    }
  }
}
