public import Pipeline

extension Assessment {
  public static func report(
    _ results: StageResults, into section: inout ReportSection
  ) throws {
    let artifact = try results.main
    try addVerdicts(artifact, to: &section)
    try addConfusion(artifact, to: &section)
    try addCurves(artifact, to: &section)
    try addBehaviours(artifact, to: &section)
  }

  private static func addVerdicts(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = AssessmentArtifact
    let nodes = try artifact.scalar(A.nodeCount)
    let corrupt = try artifact.scalar(A.corruptCount)
    let right = try artifact.scalar(A.truePositives) + artifact.scalar(A.trueNegatives)
    let accused = try artifact.scalar(A.accusedCount)
    let convicted = try artifact.scalar(A.truePositives) + artifact.scalar(A.falsePositives)
    let idle = Format.percent(Double(nodes - corrupt) / Double(nodes))
    var sentences = [
      "\(right) of \(nodes) verdicts are right"
        + " (\(Format.percent(try artifact.scalar(A.accuracy)))); to call everybody honest would"
        + " be right for \(idle)."
    ]
    if accused > 0 {
      sentences.append(
        "Of \(accused) accused nodes \(Format.percent(try artifact.scalar(A.caseAccuracy))) were"
          + " judged rightly; wrong verdicts that a human would see:"
          + " \(try artifact.scalar(A.humanErrors)).")
    }
    if corrupt > 0 {
      sentences.append(
        "Found: \(Format.percent(try artifact.scalar(A.recall))) of \(corrupt) corrupt nodes.")
    }
    if convicted > 0 {
      sentences.append(
        "Of \(convicted) convicted nodes \(Format.percent(try artifact.scalar(A.precision))) are"
          + " corrupt.")
    }
    section.text(sentences.joined(separator: " "))
  }

  private static func addConfusion(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = AssessmentArtifact
    section.table(
      ["", "convicted", "acquitted"],
      [
        [
          "corrupt", String(try artifact.scalar(A.truePositives)),
          String(try artifact.scalar(A.falseNegatives)),
        ],
        [
          "honest", String(try artifact.scalar(A.falsePositives)),
          String(try artifact.scalar(A.trueNegatives)),
        ],
      ])
  }

  private static func addCurves(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = AssessmentArtifact
    guard try artifact.scalar(A.hasBothClasses) == 1 else {
      section.text("All nodes are of one class, so there is no ranking to measure.")
      return
    }
    let areas = try A.area.map { try artifact.scalar($0) }
    let precisions = try A.averagePrecision.map { try artifact.scalar($0) }
    let best = Suspicion.allCases.map(\.place).reduce(0) { areas[$1] > areas[$0] ? $1 : $0 }
    section.text(
      "Ranked by \(Suspicion.posterior.meaning), a corrupt node stands above an honest one with"
        + " probability \(Format.number(areas[0])); the best of the four scores is"
        + " \(Suspicion.allCases[best].meaning) with \(Format.number(areas[best])).")
    section.table(
      ["score", "area under curve", "average precision"],
      Suspicion.allCases.map { score in
        [
          score.meaning, Format.number(areas[score.place]),
          Format.number(precisions[score.place]),
        ]
      })
    section.figure(try figure(artifact))
  }

  private static func figure(_ artifact: ArtifactReader) throws(DataError) -> Figure {
    typealias A = AssessmentArtifact
    let curve = try artifact.read(A.curve)
    let x = try artifact.read(A.falsePositiveRate)
    let y = try artifact.read(A.truePositiveRate)
    let series = Suspicion.allCases.map { score in
      let points = thinned(curve.indices.filter { Int(curve[$0]) == score.place })
      return Figure.Series(
        score.meaning, .lines, x: points.map { x[$0] }, y: points.map { y[$0] })
    }
    return Figure(
      "roc", title: "Corrupt nodes found against honest nodes suspected",
      x: .init("share of the honest nodes"), y: .init("share of the corrupt nodes"), series)
  }

  /// At most a thousand points, evenly, and the last.
  private static func thinned(_ points: [Int]) -> [Int] {
    let step = max(1, (points.count + 999) / 1000)
    let picks = stride(from: 0, to: points.count, by: step).map { points[$0] }
    return points.last == picks.last ? picks : picks + points.suffix(1)
  }

  private static func addBehaviours(
    _ artifact: ArtifactReader, to section: inout ReportSection
  ) throws {
    typealias A = AssessmentArtifact
    let kinds = try artifact.read(A.kind)
    let nodes = try artifact.read(A.kindNodes)
    let accused = try artifact.read(A.kindAccused)
    let convicted = try artifact.read(A.kindConvicted)
    let rates = try artifact.read(A.detectionRate)
    section.text("By behaviour; for the honest the last column is the rate of false convictions:")
    section.table(
      ["behaviour", "nodes", "accused", "convicted", "share convicted"],
      kinds.indices.map { i in
        [
          A.kind.entry.flags[Int(kinds[i])], String(nodes[i]), String(accused[i]),
          String(convicted[i]), Format.percent(rates[i]),
        ]
      })
  }
}
