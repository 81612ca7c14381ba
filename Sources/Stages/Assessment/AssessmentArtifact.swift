public import Pipeline

/// How far the verdicts agree with the truth, where a positive is a corrupt node.
///
/// Ratios whose denominator is 0 are 0: nobody accused, nobody convicted, nobody corrupt. Areas
/// under curves need both classes: `has_both_classes` is 0 where all nodes are honest or all are
/// corrupt; every area is then 0.5, every average precision the share of corrupt nodes (both are
/// what an uninformed score has), and there are no points.
public enum AssessmentArtifact: Artifact {
  static let behaviour = Dimension("behaviour", "a kind of behaviour")
  static let point = Dimension("roc_point", "a threshold of a score, curve after curve")

  static let kind = Column<Int8>(
    "behaviour_kind", behaviour, flags: NodeBehaviour.allCases.map(\.rawValue),
    "how the nodes deal with clients")
  static let kindNodes = Column<Int64>(
    "behaviour_nodes", behaviour, unit: "1", "nodes that behave so")
  static let kindAccused = Column<Int64>(
    "behaviour_accused", behaviour, unit: "1", "nodes among them that clients complained of")
  static let kindConvicted = Column<Int64>(
    "behaviour_convicted", behaviour, unit: "1", "nodes among them that were convicted")
  static let detectionRate = Column<Double>(
    "detection_rate", behaviour, unit: "1", "share of them that was convicted; NaN without nodes")

  static let curve = Column<Int8>(
    "roc_curve", point, flags: Suspicion.allCases.map(\.rawValue), "the score")
  static let threshold = Column<Double>(
    "roc_threshold", point, unit: "1",
    "a node counts as accused by the score from here; infinite at the first point of a curve")
  static let falsePositiveRate = Column<Double>(
    "roc_false_positive_rate", point, unit: "1", "share of the honest nodes at the threshold")
  static let truePositiveRate = Column<Double>(
    "roc_true_positive_rate", point, unit: "1", "share of the corrupt nodes at the threshold")

  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let corruptCount = Column<Int64>("corrupt_count", unit: "1", "corrupt nodes")
  static let truePositives = Column<Int64>("true_positives", unit: "1", "corrupt and convicted")
  static let falsePositives = Column<Int64>("false_positives", unit: "1", "honest and convicted")
  static let trueNegatives = Column<Int64>("true_negatives", unit: "1", "honest and acquitted")
  static let falseNegatives = Column<Int64>("false_negatives", unit: "1", "corrupt and acquitted")
  static let accuracy = Column<Double>("accuracy", unit: "1", "share of right verdicts")
  static let precision = Column<Double>("precision", unit: "1", "corrupt share of the convicted")
  static let recall = Column<Double>("recall", unit: "1", "convicted share of the corrupt")
  static let f1 = Column<Double>("f1", unit: "1", "harmonic mean of precision and recall")
  static let falseAlarmRate = Column<Double>(
    "false_positive_rate", unit: "1", "convicted share of the honest")
  static let accusedCount = Column<Int64>("accused_count", unit: "1", "nodes with a complaint")
  static let caseAccuracy = Column<Double>(
    "case_accuracy", unit: "1", "share of right verdicts among the accused")
  static let humanErrors = Column<Int64>(
    "human_errors", unit: "1", "wrong verdicts among the cases that are listed for a human")
  static let hasBothClasses = Column<Int64>(
    "has_both_classes", unit: "1", "1 where both honest and corrupt nodes occur, else 0")

  /// The area under the curve of each score.
  static let area = Suspicion.allCases.map { score in
    Column<Double>(
      "auc_\(score.rawValue)", unit: "1", "area under the ROC curve of \(score.meaning)")
  }
  static let averagePrecision = Suspicion.allCases.map { score in
    Column<Double>(
      "average_precision_\(score.rawValue)", unit: "1", "average precision of \(score.meaning)")
  }

  public static let schema = ArtifactSchema(
    "assessment", "Verdicts compared with the hidden truth",
    [
      kind.entry, kindNodes.entry, kindAccused.entry, kindConvicted.entry, detectionRate.entry,
      curve.entry, threshold.entry, falsePositiveRate.entry, truePositiveRate.entry,
      nodeCount.entry, corruptCount.entry, truePositives.entry, falsePositives.entry,
      trueNegatives.entry, falseNegatives.entry, accuracy.entry, precision.entry, recall.entry,
      f1.entry, falseAlarmRate.entry, accusedCount.entry, caseAccuracy.entry, humanErrors.entry,
      hasBothClasses.entry,
    ] + area.map(\.entry) + averagePrecision.map(\.entry))
}

/// A score by which nodes can be ranked from the least to the most suspect.
public enum Suspicion: String, CaseIterable, Sendable {
  /// The posterior of the model.
  case posterior
  /// The share of guilty votes; 0 where none was cast.
  case votes
  /// Baseline: complaints per dealing.
  case complaints
  /// Baseline: 1 - quality of service.
  case quality

  /// In words, for names of variables and figures.
  var meaning: String {
    switch self {
    case .posterior: "the posterior"
    case .votes: "the share of guilty votes"
    case .complaints: "the complaint share (baseline)"
    case .quality: "1 - quality of service (baseline)"
    }
  }

  /// The code in datasets: the place among all cases.
  var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
