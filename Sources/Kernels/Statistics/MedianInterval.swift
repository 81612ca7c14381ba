/// The median of a sample with its exact confidence interval, whatever the law of the values.
///
///     let wait = MedianInterval(waits, confidence: 0.95)
///     print(wait?.median, wait?.lower, wait?.upper)
///
/// The k-th smallest and the k-th largest value enclose the median of the law unless fewer than k
/// of n values lie on one side of it, and that number is binomial with p = 1/2. Source: David,
/// Nagaraja, Order Statistics (2003), 7.1. O(n log n).
public struct MedianInterval: Sendable, Equatable {
  public let median: Double

  /// Minus infinity where the sample is too small for the confidence.
  public let lower: Double

  /// Plus infinity where the sample is too small for the confidence.
  public let upper: Double

  /// The probability with which such an interval holds the median: at least the one asked for.
  public let coverage: Double

  /// Nil without values, none of which may be NaN.
  public init?(_ values: [Double], confidence: Double = 0.95) {
    guard let quantiles = Quantiles(values) else { return nil }
    median = quantiles.median
    let n = values.count
    let rank = Self.rank(count: n, confidence: confidence)
    coverage = rank == 0 ? 1 : 1 - 2 * Self.below(rank, of: n)
    lower = rank == 0 ? -.infinity : quantiles.sorted[rank - 1]
    upper = rank == 0 ? .infinity : quantiles.sorted[n - rank]
  }

  /// The largest k whose interval is wide enough; 0 if there is none.
  static func rank(count n: Int, confidence: Double) -> Int {
    precondition(confidence > 0 && confidence < 1)
    return (0...n / 2).last { $0 == 0 || 1 - 2 * below($0, of: n) >= confidence } ?? 0
  }

  /// P(fewer than k of n values lie below the median).
  private static func below(_ k: Int, of n: Int) -> Double {
    DiscreteTail.binomial(above: n - k, trials: n, p: 0.5)
  }
}
