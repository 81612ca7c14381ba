/// How well a score separates positives from negatives, at every threshold.
///
///     let curve = ReceiverOperatingCurve(scores: suspicion, isPositive: corrupt)
///     print(curve?.areaUnderCurve ?? .nan)
///
/// A higher score means more likely positive. Equal scores are one threshold, so the order of the
/// input never shows. O(n log n).
public struct ReceiverOperatingCurve: Sendable, Equatable {
  /// What is called positive at a threshold: every score not below it.
  public struct Point: Sendable, Equatable {
    public let threshold: Double
    public let falsePositiveRate: Double
    public let truePositiveRate: Double
  }

  /// From (0, 0), where the threshold is infinite, to (1, 1) by falling thresholds.
  public let points: [Point]

  /// P(score of a positive > score of a negative) + P(equal) / 2: Mann-Whitney's U from midranks.
  public let areaUnderCurve: Double

  /// Precision averaged over the steps of recall, without interpolation.
  public let averagePrecision: Double

  /// Measures scores, none of which may be NaN; nil unless both classes occur.
  public init?(scores: [Double], isPositive: [Bool]) {
    precondition(scores.count == isPositive.count, "sequences of different lengths")
    let positives = isPositive.count { $0 }
    let negatives = scores.count - positives
    guard positives > 0 && negatives > 0 else { return nil }

    let ranks = Midranks.of(scores)
    let rankSum = zip(ranks, isPositive).reduce(0.0) { $1.1 ? $0 + $1.0 : $0 }
    let wins = rankSum - Double(positives) * Double(positives + 1) / 2
    areaUnderCurve = wins / (Double(positives) * Double(negatives))

    let steps = ReceiverOperatingCurve.steps(scores, isPositive)
    points = steps.map {
      Point(
        threshold: $0.threshold,
        falsePositiveRate: Double($0.falsePositives) / Double(negatives),
        truePositiveRate: Double($0.truePositives) / Double(positives))
    }
    averagePrecision = zip(steps, steps.dropFirst()).reduce(0.0) { sum, pair in
      let gained = Double(pair.1.truePositives - pair.0.truePositives)
      let called = Double(pair.1.truePositives + pair.1.falsePositives)
      return sum + gained / Double(positives) * (Double(pair.1.truePositives) / called)
    }
  }

  private struct Step {
    var threshold = Double.infinity
    var truePositives = 0
    var falsePositives = 0
  }

  /// The counts at each distinct score, from the highest.
  private static func steps(_ scores: [Double], _ isPositive: [Bool]) -> [Step] {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    var steps = [Step()]
    var step = Step()
    for (place, i) in order.enumerated() {
      step.threshold = scores[i]
      if isPositive[i] { step.truePositives += 1 } else { step.falsePositives += 1 }
      let isLastOfItsScore = place + 1 == order.count || scores[order[place + 1]] != scores[i]
      if isLastOfItsScore { steps.append(step) }
    }
    return steps
  }
}
