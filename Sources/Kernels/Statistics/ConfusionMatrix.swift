/// Verdicts of a detector against the truth: who was called positive, and who is.
///
///     let matrix = ConfusionMatrix(verdicts: accused, truth: corrupt)
///     print(matrix.precision, matrix.recall)
///
/// Each figure is 0 where its denominator is 0 (nobody called positive, nobody positive, nobody
/// at all): it is never NaN, and a detector gains nothing by saying nothing.
public struct ConfusionMatrix: Sendable, Equatable {
  public var truePositives: Int
  public var falsePositives: Int
  public var trueNegatives: Int
  public var falseNegatives: Int

  public init(
    truePositives: Int = 0, falsePositives: Int = 0, trueNegatives: Int = 0, falseNegatives: Int = 0
  ) {
    self.truePositives = truePositives
    self.falsePositives = falsePositives
    self.trueNegatives = trueNegatives
    self.falseNegatives = falseNegatives
  }

  /// Counts parallel verdicts and truths.
  public init(verdicts: [Bool], truth: [Bool]) {
    precondition(verdicts.count == truth.count, "sequences of different lengths")
    self.init()
    for (verdict, truth) in zip(verdicts, truth) { add(verdict: verdict, truth: truth) }
  }

  public mutating func add(verdict: Bool, truth: Bool) {
    switch (verdict, truth) {
    case (true, true): truePositives += 1
    case (true, false): falsePositives += 1
    case (false, false): trueNegatives += 1
    case (false, true): falseNegatives += 1
    }
  }

  public mutating func merge(_ other: ConfusionMatrix) {
    truePositives += other.truePositives
    falsePositives += other.falsePositives
    trueNegatives += other.trueNegatives
    falseNegatives += other.falseNegatives
  }

  public var count: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

  /// The share of verdicts that are right; 0 without verdicts.
  public var accuracy: Double { ratio(truePositives + trueNegatives, count) }

  /// The share of those called positive that are; 0 if nobody was called positive.
  public var precision: Double { ratio(truePositives, truePositives + falsePositives) }

  /// The share of the positives that were called so; 0 if there are none.
  public var recall: Double { ratio(truePositives, truePositives + falseNegatives) }

  /// The share of the negatives that were called positive; 0 if there are none.
  public var falsePositiveRate: Double { ratio(falsePositives, falsePositives + trueNegatives) }

  /// The harmonic mean of precision and recall; 0 if nobody is or was called positive.
  public var f1: Double {
    ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
  }

  private func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 0 : Double(part) / Double(whole)
  }
}
