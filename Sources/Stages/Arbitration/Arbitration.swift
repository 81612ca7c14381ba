import Kernels
public import Pipeline

/// Finds corrupt nodes from records and problem reports (requirements N8, N10, N12, N18, N22, N33).
///
/// A case is opened against each node that a client complained of. A panel of arbiters looks into
/// it, each at a sample of the dealings and through evidence of which a part is lost, and votes.
/// Clients and arbiters together are a crowd whose members lie and err to unknown degrees; the
/// model of Dawid and Skene infers who does, and the probability that a node is corrupt. Either the
/// majority of the panel or the model has the last word. The hidden truth is no input: the stage
/// `assessment` joins it with the verdicts.
public struct Arbitration: Stage {
  public static let name = "arbitration"
  public static let revision = 1
  public static let summary = "a panel of arbiters judges the nodes that clients complain of"
  public static let inputs = [events]
  public static let outputs: [OutputPort] = [.main(ArbitrationArtifact.self)]

  static let events = InputSlot(
    "events", TrafficArtifact.self, isRequired: true,
    "records and problem reports of the traffic")

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    let ladder = [
      ("warn_at", parameters.warnAt), ("demote_at", parameters.demoteAt),
      ("suspend_at", parameters.suspendAt), ("expel_at", parameters.expelAt),
    ]
    for (milder, harder) in zip(ladder, ladder.dropFirst()) where harder.1 < milder.1 {
      throw ParameterError(harder.0, "a harder action needs no less evidence than \(milder.0)")
    }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let events = try inputs.open(Self.events)
    let dealings = try Dealings(events)
    try context.progress(0.2, "quality of service")
    let quality = try ServiceQuality(
      events, dealings, objectiveQuantile: parameters.objectiveQuantile)
    let trail = EvidenceTrail(loss: parameters.evidenceLoss, seed: context.seed)
    let votes = try votes(dealings, trail, context)
    try context.progress(0.7, "clients and arbiters")
    let crowd = try ComplaintCrowd(dealings, trail: trail, votes: votes)
    let model = DawidSkene(crowd.answers, prior: .pooled)
    try context.progress(0.9, "verdicts")
    let minutes = CourtMinutes(dealings, votes: votes, model, Court(parameters))
    try write(dealings, quality, to: outputs.main)
    try minutes.write(to: outputs.main)
    try write(model, crowd, votes, to: outputs.main)
  }

  private func votes(
    _ dealings: Dealings, _ trail: EvidenceTrail, _ context: StageContext
  ) throws -> [[Bool]] {
    let panel = ArbiterPanel(parameters, dealings: dealings, trail: trail, seed: context.seed)
    return try (0..<parameters.panel).map { arbiter in
      try context.progress(0.3 + 0.4 * Double(arbiter) / Double(parameters.panel), "votes")
      return panel.votes(of: arbiter)
    }
  }

  private func write(
    _ dealings: Dealings, _ quality: ServiceQuality, to artifact: ArtifactWriter
  ) throws {
    typealias A = ArbitrationArtifact
    let counts = (0..<dealings.nodeCount).map { dealings.messages(of: $0).count }
    try artifact.write(A.dealings, counts.map(Int64.init))
    try artifact.write(A.complaints, dealings.complaints.map(Int64.init))
    try artifact.write(
      A.complaintShare, zip(dealings.complaints, counts).map { Double($0) / Double(max(1, $1)) })
    try artifact.write(A.quality, quality.scores)
    let sum = quality.scores.reduce(0, +)
    try artifact.write(A.qualityMean, sum / Double(max(1, dealings.nodeCount)))
    try artifact.write(A.nodeCount, dealings.nodeCount)
    try artifact.write(A.dealingCount, dealings.count)
    try artifact.write(A.complaintCount, dealings.complaintCount)
    try artifact.write(A.baseShare, dealings.baseShare)
    try artifact.write(A.withoutTrail, dealings.reportsWithoutTrail)
  }

  private func write(
    _ model: DawidSkene, _ crowd: ComplaintCrowd, _ votes: [[Bool]], to artifact: ArtifactWriter
  ) throws {
    typealias A = ArbitrationArtifact
    let tables = votes.indices.map { (crowd.firstArbiter + $0) * 4 }
    try artifact.write(A.arbiterGuilty, votes.map { votes in Int64(votes.count { $0 }) })
    try artifact.write(A.arbiterHitRate, tables.map { model.confusion[$0 + 3] })
    try artifact.write(A.arbiterFalseAlarmRate, tables.map { model.confusion[$0 + 1] })
    try artifact.write(
      A.panelRight,
      GoodMajority.panel(
        arbiters: parameters.panel, honestAccuracy: 1 - parameters.arbiterError, corruptShare: 0))
    try artifact.write(A.corruptShare, model.classPrior[1])
    try artifact.write(A.iterations, model.iterations)
    try artifact.write(A.residual, model.residual)
  }
}
