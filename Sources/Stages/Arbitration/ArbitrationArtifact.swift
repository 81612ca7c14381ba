public import Pipeline

/// What the arbiters found: a verdict and an action for every node, with the evidence behind them.
///
/// The strength of evidence, by which actions and cases for a human are chosen, is the posterior
/// under `dawid_skene` and the share of guilty votes under `majority`.
public enum ArbitrationArtifact: Artifact {
  static let node = PopulationArtifact.node
  static let arbiter = Dimension("arbiter", "a member of the panel")

  static let dealings = Column<Int64>(
    "node_dealings", node, unit: "1", "requests that the node was sent")
  static let complaints = Column<Int64>(
    "node_complaints", node, unit: "1", "dealings with a problem report that fits their record")
  static let complaintShare = Column<Double>(
    "node_complaint_share", node, unit: "1", "complaints per dealing; 0 without dealings")
  static let quality = Column<Double>(
    "node_quality", node, unit: "1",
    "quality of service: cautious success rate x promptness x value for price")
  static let votesGuilty = Column<Int32>("votes_guilty", node, unit: "1", "votes for guilty")
  static let votesCast = Column<Int32>(
    "votes_cast", node, unit: "1", "votes; 0 where nobody complained")
  static let posterior = Column<Double>(
    "posterior", node, unit: "1", "probability of being corrupt by the model of Dawid and Skene")
  static let verdict = Column<Int8>(
    "verdict", node, flags: Verdict.allCases.map(\.rawValue), "what the node was found to be")
  static let confidence = Column<Double>(
    "confidence", node, unit: "1", "strength of evidence for the verdict that was given")
  static let action = Column<Int8>(
    "action", node, flags: ArbiterAction.allCases.map(\.rawValue), "what is done to the node")
  static let needsHuman = Column<Int8>(
    "needs_human", node, flags: ["no", "yes"], "whether the case is listed for a human")

  static let arbiterGuilty = Column<Int64>(
    "arbiter_guilty_votes", arbiter, unit: "1", "accused nodes that the arbiter voted guilty")
  static let arbiterHitRate = Column<Double>(
    "arbiter_hit_rate", arbiter, unit: "1",
    "P(votes guilty | corrupt) as the model of Dawid and Skene estimates it")
  static let arbiterFalseAlarmRate = Column<Double>(
    "arbiter_false_alarm_rate", arbiter, unit: "1",
    "P(votes guilty | honest) as the model of Dawid and Skene estimates it")

  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let dealingCount = Column<Int64>("dealing_count", unit: "1", "requests sent to a node")
  static let complaintCount = Column<Int64>(
    "complaint_count", unit: "1", "dealings that were complained of")
  static let baseShare = Column<Double>(
    "base_complaint_share", unit: "1", "complaints per dealing in the whole cloud")
  static let withoutTrail = Column<Int64>(
    "reports_without_trail", unit: "1", "reports that fit no record, which count for nothing")
  static let accusedCount = Column<Int64>(
    "accused_count", unit: "1", "nodes with a complaint: the cases")
  static let convictedCount = Column<Int64>("convicted_count", unit: "1", "nodes found corrupt")
  static let humanCount = Column<Int64>("human_count", unit: "1", "cases listed for a human")
  static let warnedCount = Column<Int64>("warned_count", unit: "1", "nodes that were warned")
  static let demotedCount = Column<Int64>("demoted_count", unit: "1", "nodes that were demoted")
  static let suspendedCount = Column<Int64>(
    "suspended_count", unit: "1", "nodes that were suspended")
  static let expelledCount = Column<Int64>("expelled_count", unit: "1", "nodes that were expelled")
  static let meanConfidence = Column<Double>(
    "mean_confidence", unit: "1", "mean confidence of the verdicts on accused nodes; 1 without any")
  static let qualityMean = Column<Double>(
    "quality_mean", unit: "1", "mean quality of service over the nodes")
  static let panelRight = Column<Double>(
    "panel_right_probability", unit: "1",
    "P(Good): probability that a majority of the panel reads clear evidence rightly, exact")
  static let corruptShare = Column<Double>(
    "estimated_corrupt_share", unit: "1", "share of corrupt nodes by the model")
  static let iterations = Column<Int64>(
    "dawid_skene_iterations", unit: "1", "iterations of expectation-maximisation")
  static let residual = Column<Double>(
    "dawid_skene_residual", unit: "1", "largest change of a posterior in the last iteration")

  public static let schema = ArtifactSchema(
    "arbitration", "Verdicts and actions of a panel of arbiters",
    [
      dealings.entry, complaints.entry, complaintShare.entry, quality.entry, votesGuilty.entry,
      votesCast.entry, posterior.entry, verdict.entry, confidence.entry, action.entry,
      needsHuman.entry, arbiterGuilty.entry, arbiterHitRate.entry, arbiterFalseAlarmRate.entry,
      nodeCount.entry, dealingCount.entry, complaintCount.entry, baseShare.entry,
      withoutTrail.entry, accusedCount.entry, convictedCount.entry, humanCount.entry,
      warnedCount.entry, demotedCount.entry, suspendedCount.entry, expelledCount.entry,
      meanConfidence.entry, qualityMean.entry, panelRight.entry, corruptShare.entry,
      iterations.entry, residual.entry,
    ])
}

/// What a node is found to be.
public enum Verdict: String, CaseIterable, Sendable {
  case honest, corrupt

  /// The code in datasets: the place among all cases.
  var code: Int8 { self == .corrupt ? 1 : 0 }
}

/// What arbiters do to a node, from the mildest to the hardest (requirement N8).
public enum ArbiterAction: String, CaseIterable, Sendable {
  case none, warn, demote, suspend, expel

  /// The code in datasets: the place among all cases.
  var code: Int8 { Int8(Self.allCases.firstIndex(of: self) ?? 0) }
}
