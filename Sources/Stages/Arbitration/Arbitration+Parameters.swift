public import Pipeline

extension Arbitration {
  public struct Parameters: StageParameters {
    public var panel = 5
    public var arbiterError = 0.1
    public var evidenceLoss = 0.1
    public var sample = 100
    public var voteConfidence = 0.95
    public var detector = Detector.dawidSkene
    public var threshold = 0.5
    public var humanBand = 0.1
    public var warnAt = 0.5
    public var demoteAt = 0.9
    public var suspendAt = 0.99
    public var expelAt = 0.999
    public var objectiveQuantile = 0.95

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .integer("panel", \.panel, 1...1001, "Number of arbiters; a tie of an even panel acquits."),
      .number(
        "arbiter_error", \.arbiterError, 0...1, unit: "1",
        "Probability that an arbiter's vote is the opposite of what the evidence says."),
      .number(
        "evidence_loss", \.evidenceLoss, 0...1, unit: "1",
        "Probability that a report, and independently a record, is lost for an observer."),
      .integer(
        "sample", \.sample, 1...10_000, "Dealings of a node that an arbiter looks at, at random."),
      .number(
        "vote_confidence", \.voteConfidence, 0.5...0.999999, unit: "1",
        "Confidence of the lower limit of a complaint share that must exceed the cloud's share."),
      .choice("detector", \.detector, "Who has the last word on an accused node."),
      .number(
        "threshold", \.threshold, 0...1, unit: "1",
        "Posterior from which dawid_skene convicts; a majority needs more than half of the votes."),
      .number(
        "human_band", \.humanBand, 0...1, unit: "1",
        "An accused node whose strength of evidence is closer than this to conviction is listed."),
      .number("warn_at", \.warnAt, 0...1, unit: "1", "Strength from which a convict is warned."),
      .number("demote_at", \.demoteAt, 0...1, unit: "1", "Strength from which it is demoted."),
      .number(
        "suspend_at", \.suspendAt, 0...1, unit: "1", "Strength from which it is suspended."),
      .number("expel_at", \.expelAt, 0...1, unit: "1", "Strength from which it is expelled."),
      .number(
        "objective_quantile", \.objectiveQuantile, 0...1, unit: "1",
        "The latency objective of a type is this quantile of the cloud's latencies for it."),
    ]
  }
}
