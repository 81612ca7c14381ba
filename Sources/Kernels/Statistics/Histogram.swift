/// How many values of a sample fall into each of a number of equally wide bins.
///
///     let histogram = Histogram(waitsSeconds, bins: 50)
///
/// Bin i is edges[i] <= x < edges[i + 1]; the last bin has its upper edge too, as in numpy.
/// O(n) and one pass over the values for the range.
public struct Histogram: Sendable, Equatable {
  /// The bins' ends in ascending order, one more than there are bins.
  public let edges: [Double]
  public let counts: [Int]

  /// Values below the first and above the last edge.
  public let outside: Int

  /// Bins over the range of `values`, which must be finite.
  ///
  /// The range is widened by 1/2 to both sides where it is a point, and 0 ... 1 without values.
  public init(_ values: [Double], bins: Int) {
    self.init(values, over: Histogram.range(of: values), bins: bins)
  }

  /// Bins over a given range.
  public init(_ values: [Double], over range: ClosedRange<Double>, bins: Int) {
    precondition(bins > 0 && range.lowerBound < range.upperBound)
    let low = range.lowerBound
    let width = range.upperBound - low
    precondition(width.isFinite, "a histogram over an endless range")
    let edges = (0...bins).map {
      $0 == bins ? range.upperBound : low + width * (Double($0) / Double(bins))
    }
    var counts = [Int](repeating: 0, count: bins)
    var outside = 0
    for value in values {
      if range.contains(value) {
        let guess = min(Int((value - low) / width * Double(bins)), bins - 1)
        counts[Histogram.bin(of: value, near: guess, edges)] += 1
      } else {
        outside += 1
      }
    }
    self.edges = edges
    self.counts = counts
    self.outside = outside
  }

  /// The number of values in all bins.
  public var count: Int { counts.reduce(0, +) }

  private static func range(of values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max() else { return 0...1 }
    return low < high ? low...high : low - 0.5...high + 0.5
  }

  /// Corrects the rounding of `guess`, so that the edges as stored decide.
  private static func bin(of value: Double, near guess: Int, _ edges: [Double]) -> Int {
    if value < edges[guess] { return guess - 1 }
    if guess < edges.count - 2 && value >= edges[guess + 1] { return guess + 1 }
    return guess
  }
}
