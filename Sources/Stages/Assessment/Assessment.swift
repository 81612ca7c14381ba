import Kernels
public import Pipeline

/// Compares the verdicts of arbiters with the hidden truth (requirements N8, N12, N18, N22).
///
/// It alone has slots for both. Beside the verdicts it measures how well the posterior and the
/// votes rank the nodes, against two baselines that need no arbiter: the share of dealings that was
/// complained of, and the lack of quality of service.
public struct Assessment: Stage {
  public static let name = "assessment"
  public static let revision = 1
  public static let summary = "compares the arbiters' verdicts with the hidden truth"
  public static let inputs = [verdicts, truth]
  public static let outputs: [OutputPort] = [.main(AssessmentArtifact.self)]
  public static let isRandom = false

  static let verdicts = InputSlot(
    "verdicts", ArbitrationArtifact.self, isRequired: true, "verdicts of the arbiters")
  static let truth = InputSlot(
    "truth", PopulationTruth.self, isRequired: true,
    "hidden behaviour of the nodes, as population.truth")

  public init(_ parameters: Parameters) throws(ParameterError) {}

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let evidence = try NodeEvidence(
      verdicts: inputs.open(Self.verdicts), truth: inputs.open(Self.truth))
    try writeConfusion(evidence, to: outputs.main)
    try writeBehaviours(evidence, to: outputs.main)
    try context.progress(0.5, "curves")
    try writeCurves(evidence, to: outputs.main)
  }

  private func writeConfusion(_ evidence: NodeEvidence, to artifact: ArtifactWriter) throws {
    typealias A = AssessmentArtifact
    let isCorrupt = evidence.isCorrupt
    let matrix = ConfusionMatrix(verdicts: evidence.isConvicted, truth: isCorrupt)
    try artifact.write(A.nodeCount, evidence.count)
    try artifact.write(A.corruptCount, isCorrupt.count { $0 })
    try artifact.write(A.truePositives, matrix.truePositives)
    try artifact.write(A.falsePositives, matrix.falsePositives)
    try artifact.write(A.trueNegatives, matrix.trueNegatives)
    try artifact.write(A.falseNegatives, matrix.falseNegatives)
    try artifact.write(A.accuracy, matrix.accuracy)
    try artifact.write(A.precision, matrix.precision)
    try artifact.write(A.recall, matrix.recall)
    try artifact.write(A.f1, matrix.f1)
    try artifact.write(A.falseAlarmRate, matrix.falsePositiveRate)
    try writeCases(evidence, isCorrupt, to: artifact)
  }

  private func writeCases(
    _ evidence: NodeEvidence, _ isCorrupt: [Bool], to artifact: ArtifactWriter
  ) throws {
    typealias A = AssessmentArtifact
    let cases = isCorrupt.indices.filter { evidence.isAccused[$0] }
    let matrix = ConfusionMatrix(
      verdicts: cases.map { evidence.isConvicted[$0] }, truth: cases.map { isCorrupt[$0] })
    let humanErrors = cases.count { node in
      evidence.needsHuman[node] && evidence.isConvicted[node] != isCorrupt[node]
    }
    try artifact.write(A.accusedCount, cases.count)
    try artifact.write(A.caseAccuracy, matrix.accuracy)
    try artifact.write(A.humanErrors, humanErrors)
  }

  private func writeBehaviours(_ evidence: NodeEvidence, to artifact: ArtifactWriter) throws {
    typealias A = AssessmentArtifact
    let kinds = NodeBehaviour.allCases.map(\.code)
    let nodes = kinds.map { kind in
      evidence.behaviour.indices.filter { evidence.behaviour[$0] == kind }
    }
    let convicted = nodes.map { nodes in nodes.count { evidence.isConvicted[$0] } }
    try artifact.write(A.kind, kinds)
    try artifact.write(A.kindNodes, nodes.map { Int64($0.count) })
    try artifact.write(
      A.kindAccused, nodes.map { nodes in Int64(nodes.count { evidence.isAccused[$0] }) })
    try artifact.write(A.kindConvicted, convicted.map(Int64.init))
    try artifact.write(
      A.detectionRate, zip(convicted, nodes).map { Double($0) / Double($1.count) })
  }

  private func writeCurves(_ evidence: NodeEvidence, to artifact: ArtifactWriter) throws {
    typealias A = AssessmentArtifact
    let isCorrupt = evidence.isCorrupt
    let corrupt = isCorrupt.count { $0 }
    let corruptShare = Double(corrupt) / Double(max(1, evidence.count))
    try artifact.write(A.hasBothClasses, corrupt > 0 && corrupt < evidence.count ? 1 : 0)
    for score in Suspicion.allCases {
      let curve = ReceiverOperatingCurve(scores: evidence.scores(score), isPositive: isCorrupt)
      let points = curve?.points ?? []
      try artifact.write(A.area[score.place], curve?.areaUnderCurve ?? 0.5)
      try artifact.write(
        A.averagePrecision[score.place], curve?.averagePrecision ?? corruptShare)
      try artifact.append(A.curve, points.map { _ in Int8(score.place) })
      try artifact.append(A.threshold, points.map(\.threshold))
      try artifact.append(A.falsePositiveRate, points.map(\.falsePositiveRate))
      try artifact.append(A.truePositiveRate, points.map(\.truePositiveRate))
    }
  }
}
