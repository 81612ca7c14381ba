internal import CGSL

/// A confidence interval for the mean of independent values, by Student's t.
///
///     let wait = MeanInterval(meanWaitOfReplications, confidence: 0.95)
///     print(wait.mean, wait.halfWidth)
///
/// mean +- t(n - 1, 1 - (1 - confidence) / (2 comparisons)) s / sqrt(n). Where several intervals
/// shall hold together, `comparisons` is their number (Bonferroni).
public struct MeanInterval: Sendable, Equatable {
  public let mean: Double

  /// Half the width; infinite below two values, which say nothing about their spread.
  public let halfWidth: Double
  public let confidence: Double
  public let count: Int

  public init(_ moments: RunningMoments, confidence: Double = 0.95, comparisons: Int = 1) {
    precondition(confidence > 0 && confidence < 1 && comparisons > 0)
    mean = moments.mean
    count = moments.count
    self.confidence = confidence
    guard count > 1 else {
      halfWidth = .infinity
      return
    }
    let order = 1 - (1 - confidence) / Double(2 * comparisons)
    let t = MeanInterval.studentQuantile(order, degreesOfFreedom: Double(count - 1))
    halfWidth = t * (moments.variance / Double(count)).squareRoot()
  }

  public init(_ values: [Double], confidence: Double = 0.95, comparisons: Int = 1) {
    self.init(RunningMoments(values), confidence: confidence, comparisons: comparisons)
  }

  public var lower: Double { mean - halfWidth }
  public var upper: Double { mean + halfWidth }

  public func contains(_ value: Double) -> Bool { abs(value - mean) <= halfWidth }

  /// The quantile of order `p` of Student's t.
  public static func studentQuantile(_ p: Double, degreesOfFreedom: Double) -> Double {
    precondition(p > 0 && p < 1 && degreesOfFreedom > 0)
    _ = PhiloxForGSL.errorsAreReturned
    return gsl_cdf_tdist_Pinv(p, degreesOfFreedom)
  }
}
