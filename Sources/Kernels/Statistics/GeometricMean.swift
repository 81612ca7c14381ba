internal import Foundation

/// The geometric mean of ratios: halving and doubling cancel, and the base of comparison is free.
///
/// Source: Fleming, Wallace, Communications of the ACM 29 (1986), "How not to lie with statistics".
public enum GeometricMean {
  /// Nil without values or where one is not positive and finite.
  public static func of(_ values: [Double]) -> Double? {
    guard !values.isEmpty, values.allSatisfy({ $0 > 0 && $0 < .infinity }) else { return nil }
    return exp(values.reduce(0) { $0 + log($1) } / Double(values.count))
  }

  /// The geometric mean of several bootstrapped ratios with the interval of its replicates.
  ///
  /// Replicate i of the mean is the mean of the ratios' replicates i: the samples of different
  /// ratios are independent of one another.
  public static func of(
    _ ratios: [MedianRatio], confidence: Double
  ) -> (estimate: Double, interval: ClosedRange<Double>)? {
    guard let count = ratios.map(\.replicates.count).min(),
      let estimate = of(ratios.map(\.estimate))
    else { return nil }
    let replicates = (0..<count).compactMap { i in of(ratios.map { $0.replicates[i] }) }
    guard !replicates.isEmpty else { return nil }
    return (estimate, MedianRatio.middle(of: replicates, confidence: confidence))
  }
}
