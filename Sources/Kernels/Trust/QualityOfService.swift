/// What a node's clients have observed of its service, and the score that follows from it.
///
///     var record = QualityOfService()
///     record.closeEpoch(successes: 95, failures: 5, retention: 0.9)
///     let score = record.score(
///       latencySeconds95: 0.4, objectiveSeconds: 0.5, value: 9, price: 10)
///
/// The score is in 0 ... 1 and uses observations only:
///
///     L x min(1, objective / p95 latency) x clip(value / price, 0, 1)
///
/// L is the 5 % quantile of Beta(1 + successes, 1 + failures), a cautious success rate that a
/// node earns with evidence: 0.05 without any. Counts fade by `retention` from epoch to epoch.
public struct QualityOfService: Sendable, Equatable {
  /// The order of the quantile that stands for a node's success rate.
  public static let caution = 0.05

  /// Successes, faded.
  public private(set) var successes: Double

  /// Failures, faded.
  public private(set) var failures: Double

  public init(successes: Double = 0, failures: Double = 0) {
    precondition(successes >= 0 && failures >= 0)
    self.successes = successes
    self.failures = failures
  }

  /// Keeps the share `retention`, in [0, 1], of what was known and adds an epoch's counts.
  public mutating func closeEpoch(successes: Int, failures: Int, retention: Double) {
    precondition(successes >= 0 && failures >= 0 && retention >= 0 && retention <= 1)
    self.successes = self.successes * retention + Double(successes)
    self.failures = self.failures * retention + Double(failures)
  }

  /// The success rate that the node exceeds with probability 0.95, given an even prior.
  public var cautiousSuccessRate: Double {
    BetaDistribution(1 + successes, 1 + failures).quantile(QualityOfService.caution)
  }

  /// The score of a node whose latency has the given 95 % quantile.
  ///
  /// A latency of 0 meets every objective, and a price of 0 is always worth it: both also stand
  /// for a node that has not been observed. `value` and `price` have one unit.
  public func score(
    latencySeconds95: Double, objectiveSeconds: Double, value: Double, price: Double
  ) -> Double {
    precondition(latencySeconds95 >= 0 && objectiveSeconds > 0 && price >= 0 && !value.isNaN)
    let promptness = min(1, objectiveSeconds / latencySeconds95)
    let worth = price == 0 ? 1 : min(max(value / price, 0), 1)
    return cautiousSuccessRate * promptness * worth
  }
}
