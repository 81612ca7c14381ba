internal import Foundation
public import Kernels

/// One quantity of one case, measured of two programs.
///
///     var comparison = SeriesComparison("traffic", .cpu, base: old, new: new, by: rule)
///     print(comparison.ratio.estimate, comparison.interval, comparison.pValue)
///
/// The verdict needs the probability that Holm's method makes of all comparisons together.
public struct SeriesComparison: Sendable {
  public let name: String
  public let quantity: Quantity
  public let base: MedianInterval
  public let new: MedianInterval
  public let baseCount: Int
  public let newCount: Int
  /// The new median over the old one.
  public let ratio: MedianRatio
  public let interval: ClosedRange<Double>
  /// The Hodges-Lehmann shift from base to new, in the quantity's unit.
  public let shift: Double
  /// Two-sided, by itself.
  public let pValue: Double
  /// The same by the method that scipy, and with it Google's compare.py, chooses.
  public let pValueOfScipy: Double
  /// Share of pairs in which the new program's value is the larger one.
  public let superiority: Double
  /// Both series are constants of a quantity that repeats exactly: no test is needed.
  public let isExact: Bool

  /// Nil if one of the series is empty.
  public init?(
    _ name: String, _ quantity: Quantity, base: [Double], new: [Double], by rule: VerdictRule
  ) {
    guard let baseMedian = MedianInterval(base, confidence: rule.confidence),
      let newMedian = MedianInterval(new, confidence: rule.confidence),
      let shift = HodgesLehmann.shift(from: base, to: new)
    else { return nil }
    self.name = name
    self.quantity = quantity
    self.base = baseMedian
    self.new = newMedian
    self.shift = shift
    baseCount = base.count
    newCount = new.count
    let stream = RandomStream(seed: rule.seed, name: "bench.ratio.\(name).\(quantity.rawValue)")
    ratio = MedianRatio(of: new, to: base, stream: stream, replicates: rule.replicates)
    interval = ratio.interval(confidence: rule.confidence)
    let test = MannWhitneyTest(new, base)
    pValue = test.pValue(.twoSided)
    pValueOfScipy = test.pValue(.twoSided, by: test.methodOfScipy)
    superiority = test.superiority
    isExact = quantity.isExact && Set(base).count == 1 && Set(new).count == 1
  }

  private var count: Int { min(baseCount, newCount) }

  /// What the rule makes of it; `adjusted` is the probability after Holm's adjustment, among
  /// `comparisons` in all.
  public func verdict(by rule: VerdictRule, adjusted: Double, comparisons: Int) -> Verdict {
    if isExact { return exactVerdict(rule) }
    guard count >= VerdictRule.samplesMin else { return .tooFew(count: count) }
    let isSignificant = adjusted < rule.alpha
    if isSignificant, interval.lowerBound > 1, ratio.estimate > rule.ratioMax { return .regression }
    if isSignificant, interval.upperBound < 1, ratio.estimate < rule.ratioMin {
      return .improvement
    }
    if interval.lowerBound >= rule.ratioMin, interval.upperBound <= rule.ratioMax { return .equal }
    return .inconclusive(needed: needed(by: rule, comparisons))
  }

  private func exactVerdict(_ rule: VerdictRule) -> Verdict {
    if ratio.estimate > rule.ratioMax { return .regression }
    return ratio.estimate < rule.ratioMin ? .improvement : .equal
  }

  /// Beyond the threshold the test has to find the shift; within it the interval has to fit in.
  private func needed(by rule: VerdictRule, _ comparisons: Int) -> Int? {
    let point = abs(log(ratio.estimate))
    let halfWidth = (log(interval.upperBound) - log(interval.lowerBound)) / 2
    guard point.isFinite, halfWidth.isFinite else { return nil }
    let limit = log(rule.ratioMax)
    let toFit = NeededSampleSize.interval(
      halfWidth: halfWidth, wanted: abs(limit - point), count: count)
    guard point > limit else { return toFit.map { max($0, count + 1) } }
    let toFind = NeededSampleSize.mannWhitney(
      superiority: superiority, alpha: rule.alpha / Double(max(1, comparisons)))
    let toExclude = NeededSampleSize.interval(halfWidth: halfWidth, wanted: point, count: count)
    guard let toFind, let toExclude else { return nil }
    return max(toFind, toExclude, count + 1)
  }
}
