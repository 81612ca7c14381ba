/// Count, mean, variance and extremes of a sequence, kept up to date in constant memory.
///
///     var waits = RunningMoments()
///     waits.add(1.5)
///     waits.merge(waitsOfOtherChunk)
///
/// Source: Welford, Technometrics 4 (1962) for `add`; Chan, Golub, LeVeque, The American
/// Statistician 37 (1983) for `merge`. Both are O(1) and do not cancel where the mean is large.
public struct RunningMoments: Sendable, Equatable {
  public private(set) var count = 0

  /// The arithmetic mean; 0 without values.
  public private(set) var mean = 0.0

  /// The smallest value; plus infinity without values.
  public private(set) var minimum = Double.infinity

  /// The largest value; minus infinity without values.
  public private(set) var maximum = -Double.infinity

  /// The sum of squared deviations from the mean.
  public private(set) var squaredDeviations = 0.0

  public init() {}

  public init(_ values: [Double]) {
    for value in values { add(value) }
  }

  /// The unbiased variance, divisor count - 1; 0 below two values.
  public var variance: Double { count < 2 ? 0 : squaredDeviations / Double(count - 1) }

  public var standardDeviation: Double { variance.squareRoot() }

  public mutating func add(_ value: Double) {
    count += 1
    let deviation = value - mean
    mean += deviation / Double(count)
    squaredDeviations += deviation * (value - mean)
    minimum = min(minimum, value)
    maximum = max(maximum, value)
  }

  /// Takes in all the values that `other` has seen.
  public mutating func merge(_ other: RunningMoments) {
    guard other.count > 0 else { return }
    let total = Double(count + other.count)
    let deviation = other.mean - mean
    let share = Double(other.count) / total
    squaredDeviations += other.squaredDeviations + deviation * deviation * Double(count) * share
    mean += deviation * share
    count += other.count
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
  }
}
