internal import Foundation

/// Where a history of measurements changes its level.
///
///     let points = ChangePoints.find(in: medians)  // indices of the first value of a new level
///
/// Segments with a median each, chosen so that the sum of absolute deviations plus a penalty for
/// each change is least: the optimal partitioning of Jackson et al., IEEE Signal Processing Letters
/// 12 (2005), the form of Killick, Fearnhead, Eckley, Journal of the American Statistical
/// Association 107 (2012), equation 2. With absolute deviations, as in Fearnhead, Rigaill, ibid.
/// 114 (2019), one outlier makes no level. The scale comes from differences of neighbours, so that
/// the changes themselves do not widen it. O(n^2 log n) time with an O(n) insertion, O(n) memory.
public enum ChangePoints {
  /// What a change must gain, in units of the scale: `penaltyFactor` log n.
  ///
  /// With 3, fewer than 5 % of histories of 30 to 300 normal values without a change show one.
  public static let penaltyFactor = 3.0

  /// Values that a level has at least.
  public static let shortest = 3

  /// Indices at which a new level begins, in ascending order; no value may be NaN.
  public static func find(in values: [Double]) -> [Int] {
    let n = values.count
    guard n >= 2 * shortest, let scale = scale(of: values) else { return [] }
    let penalty = penaltyFactor * log(Double(n)) * scale
    // least[t]: the least cost of the first t values; last[t]: where its last level begins.
    var least = [Double](repeating: .infinity, count: n + 1)
    var last = [Int](repeating: 0, count: n + 1)
    least[0] = -penalty
    for end in shortest...n {
      var segment = AbsoluteDeviations()
      for start in (0..<end).reversed() {
        segment.insert(values[start])
        let cost = least[start] + segment.sum + penalty
        if segment.count >= shortest, cost < least[end] {
          least[end] = cost
          last[end] = start
        }
      }
    }
    return levels(last, n)
  }

  private static func levels(_ last: [Int], _ n: Int) -> [Int] {
    var points: [Int] = []
    var end = n
    while last[end] > 0 {
      end = last[end]
      points.append(end)
    }
    return points.reversed()
  }

  /// The median absolute difference of neighbours, over the square root of 2; nil if nothing varies.
  ///
  /// Where more than half of the differences are 0, the mean takes the median's place.
  private static func scale(of values: [Double]) -> Double? {
    let steps = zip(values.dropFirst(), values).map { abs($0 - $1) }
    let median = Quantiles(steps)?.median ?? 0
    let typical = median > 0 ? median : steps.reduce(0, +) / Double(steps.count)
    return typical > 0 ? typical / 2.0.squareRoot() : nil
  }
}

/// The sum of absolute deviations from the median, of values that come one by one.
private struct AbsoluteDeviations {
  private var sorted: [Double] = []
  private(set) var sum = 0.0

  var count: Int { sorted.count }

  /// The sum grows by the new value's distance from the old middle, an interval if `count` is even.
  mutating func insert(_ value: Double) {
    if !sorted.isEmpty {
      let low = sorted[(count - 1) / 2]
      let high = sorted[count / 2]
      sum += max(low - value, value - high, 0)
    }
    var place = 0
    var end = count
    while place < end {
      let middle = (place + end) / 2
      if sorted[middle] < value { place = middle + 1 } else { end = middle }
    }
    sorted.insert(value, at: place)
  }
}
