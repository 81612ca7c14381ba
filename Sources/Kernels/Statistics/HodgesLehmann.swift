/// The shift between two samples: the median of all differences of their values.
///
///     HodgesLehmann.shift(from: base, to: new)  // seconds that `new` takes more
///
/// It uses more of the samples than a difference of medians does, and an outlier hardly moves it.
/// Source: Hodges, Lehmann, Annals of Mathematical Statistics 34 (1963). O(m n log m n).
public enum HodgesLehmann {
  /// Nil if one of the samples is empty; no value may be NaN.
  public static func shift(from first: [Double], to second: [Double]) -> Double? {
    Quantiles(second.flatMap { y in first.map { y - $0 } })?.median
  }
}
