internal import Foundation

/// Quantiles of any number of non-negative values within a stated relative error, in bounded memory.
///
///     var latency = QuantileSketch(relativeError: 0.01)
///     latency.add(0.25)
///     let p95 = latency.value(at: 0.95)
///
/// Bucket i counts the values in (g^(i-1), g^i], g = (1 + e) / (1 - e), so its middle is within
/// e of each of them. Where the values span more than `bucketsMax` buckets the lowest are counted
/// in one, and only quantiles that fall there lose the guarantee; 2048 buckets at 1 % span a
/// ratio of 6e17. Counts alone are kept, so a merge is exact: the order never shows.
///
/// Source: Masson, Rim, Lee, "DDSketch", PVLDB 12 (2019), sections 2 and 3.
public struct QuantileSketch: Sendable, Equatable {
  public let relativeError: Double
  public let bucketsMax: Int

  public private(set) var count = 0

  /// The smallest value; plus infinity without values.
  public private(set) var minimum = Double.infinity

  /// The largest value; minus infinity without values.
  public private(set) var maximum = -Double.infinity

  /// Whether the lowest buckets had to be joined.
  public private(set) var isCollapsed = false

  private let logBase: Double
  private var zeros = 0
  private var firstBucket = 0
  private var counts: [Int] = []

  public init(relativeError: Double = 0.01, bucketsMax: Int = 2048) {
    precondition(relativeError > 0 && relativeError < 1 && bucketsMax > 0)
    self.relativeError = relativeError
    self.bucketsMax = bucketsMax
    logBase = log1p(relativeError) - log1p(-relativeError)
  }

  /// The number of buckets in use, at most `bucketsMax`.
  public var bucketCount: Int { counts.count }

  /// Counts a finite value that is not negative; O(1) but for new extremes.
  public mutating func add(_ value: Double) {
    precondition(value >= 0 && value < .infinity, "a sketch takes finite non-negative values")
    count += 1
    minimum = min(minimum, value)
    maximum = max(maximum, value)
    if value == 0 {
      zeros += 1
    } else {
      addToBucket(Int((log(value) / logBase).rounded(.up)), 1)
    }
  }

  /// The share of values that are 0; 0 without values.
  public var shareOfZeros: Double { count > 0 ? Double(zeros) / Double(count) : 0 }

  /// Takes in all the values of a sketch of the same error and size.
  public mutating func merge(_ other: QuantileSketch) {
    precondition(relativeError == other.relativeError && bucketsMax == other.bucketsMax)
    count += other.count
    zeros += other.zeros
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    isCollapsed = isCollapsed || other.isCollapsed
    for (offset, number) in other.counts.enumerated().reversed() where number > 0 {
      addToBucket(other.firstBucket + offset, number)
    }
  }

  /// The order statistic of rank floor(p (count - 1)), up to the relative error; nil when empty.
  ///
  /// O(buckets).
  public func value(at p: Double) -> Double? {
    precondition(p >= 0 && p <= 1, "the order of a quantile lies in 0 ... 1")
    guard count > 0 else { return nil }
    let rank = Int(p * Double(count - 1))
    var passed = zeros
    if rank < passed { return 0 }
    for (offset, number) in counts.enumerated() {
      passed += number
      if rank < passed { return min(max(middle(firstBucket + offset), minimum), maximum) }
    }
    return maximum
  }

  /// The point of a bucket whose relative distance to both ends is the relative error.
  private func middle(_ bucket: Int) -> Double {
    exp(Double(bucket) * logBase) * (1 - relativeError)
  }

  private mutating func addToBucket(_ bucket: Int, _ number: Int) {
    if counts.isEmpty {
      firstBucket = bucket
      counts = [number]
      return
    }
    let last = max(firstBucket + counts.count - 1, bucket)
    let first = max(min(firstBucket, bucket), last - bucketsMax + 1)
    resize(first...last)
    if bucket < first { isCollapsed = true }
    counts[max(bucket, first) - first] += number
  }

  /// Makes the buckets cover `range`; what lies below it is counted in its first bucket.
  private mutating func resize(_ range: ClosedRange<Int>) {
    if range.lowerBound > firstBucket {
      isCollapsed = true
      let dropped = min(range.lowerBound - firstBucket, counts.count)
      let below = counts[..<dropped].reduce(0, +)
      counts.removeFirst(dropped)
      if counts.isEmpty { counts = [0] }
      counts[0] += below
    } else if range.lowerBound < firstBucket {
      counts.insert(contentsOf: repeatElement(0, count: firstBucket - range.lowerBound), at: 0)
    }
    firstBucket = range.lowerBound
    if counts.count < range.count {
      counts.append(contentsOf: repeatElement(0, count: range.count - counts.count))
    }
  }
}
