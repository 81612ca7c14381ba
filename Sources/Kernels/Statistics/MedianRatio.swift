/// The ratio of the medians of two samples of positive numbers, with a bootstrap interval.
///
///     let ratio = MedianRatio(of: new, to: base, stream: RandomStream(seed: 1, name: "traffic.cpu"))
///     print(ratio.estimate, ratio.interval(confidence: 0.95))
///
/// Each replicate draws both samples anew from themselves, with replacement; the interval holds the
/// middle part of the replicates. Source: Efron, Annals of Statistics 7 (1979), the percentile
/// method. Draws are addressed by replicate, so equal streams give equal intervals.
/// O(replicates (m + n)) with a logarithmic factor for the medians.
public struct MedianRatio: Sendable, Equatable {
  public let estimate: Double

  /// The ratio in each replicate, in the order of drawing, so that several ratios can be combined
  /// replicate by replicate.
  public let replicates: [Double]

  /// No sample may be empty, hold a NaN or a negative number.
  public init(
    of numerator: [Double], to denominator: [Double], stream: RandomStream, replicates: Int = 2000
  ) {
    precondition(!numerator.isEmpty && !denominator.isEmpty && replicates > 0)
    precondition((numerator + denominator).allSatisfy { $0 >= 0 }, "a ratio needs positive numbers")
    let top = numerator.sorted()
    let bottom = denominator.sorted()
    estimate = Self.ratio(Self.median(top), Self.median(bottom))
    self.replicates = (0..<replicates).map { index in
      var draw = stream.substream(UInt64(index)).sequence()
      let resampledTop = Self.resample(top, &draw)
      return Self.ratio(Self.median(resampledTop), Self.median(Self.resample(bottom, &draw)))
    }
  }

  /// The middle part of the replicates that has the given share of them.
  public func interval(confidence: Double) -> ClosedRange<Double> {
    Self.middle(of: replicates, confidence: confidence)
  }

  /// The middle part of any replicates.
  static func middle(of replicates: [Double], confidence: Double) -> ClosedRange<Double> {
    precondition(confidence > 0 && confidence < 1 && !replicates.isEmpty)
    let sorted = replicates.sorted()
    let outside = Int((1 - confidence) / 2 * Double(sorted.count))
    return sorted[outside]...sorted[sorted.count - 1 - outside]
  }

  /// Two nothings are equal; something is infinitely more than nothing.
  private static func ratio(_ a: Double, _ b: Double) -> Double {
    if b > 0 { return a / b }
    return a > 0 ? .infinity : 1
  }

  /// Drawing from a sorted sample by sorted indices keeps it sorted.
  private static func resample(_ sorted: [Double], _ draw: inout RandomSequence) -> [Double] {
    var counts = [Int](repeating: 0, count: sorted.count)
    for _ in sorted { counts[draw.index(below: sorted.count)] += 1 }
    return zip(sorted, counts).flatMap { repeatElement($0, count: $1) }
  }

  private static func median(_ sorted: [Double]) -> Double {
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return sorted[middle] }
    return sorted[middle - 1] + (sorted[middle] - sorted[middle - 1]) / 2
  }
}
