/// The exact quantiles of a finite sample.
///
///     let p95 = Quantiles(waitsSeconds)?.value(at: 0.95)
///
/// Between two order statistics it interpolates linearly: type 7 of Hyndman, Fan, The American
/// Statistician 50 (1996), which is also the default of R and numpy (equal to numpy's to the bit).
/// O(n log n) once for the sorted copy, then O(1) a quantile.
public struct Quantiles: Sendable, Equatable {
  /// The sample in ascending order.
  public let sorted: [Double]

  /// Sorts a copy of `values`, none of which may be NaN; nil without values.
  public init?(_ values: [Double]) {
    guard !values.isEmpty else { return nil }
    precondition(!values.contains { $0.isNaN }, "a sample with a value that is no number")
    sorted = values.sorted()
  }

  /// The quantile of order `p`, in [0, 1].
  public func value(at p: Double) -> Double {
    precondition(p >= 0 && p <= 1, "the order of a quantile lies in 0 ... 1")
    let position = p * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return interpolate(sorted[below], sorted[above], position - Double(below))
  }

  public var median: Double { value(at: 0.5) }

  /// From the nearer end, so that a fraction of 1 gives exactly `high`.
  private func interpolate(_ low: Double, _ high: Double, _ fraction: Double) -> Double {
    let step = high - low
    if step == 0 { return low }
    return fraction < 0.5 ? low + step * fraction : high - step * (1 - fraction)
  }
}
