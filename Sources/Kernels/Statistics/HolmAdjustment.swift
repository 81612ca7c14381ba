/// Probabilities of several tests, adjusted so that the chance of any false alarm is kept.
///
/// The step-down method of Holm, Scandinavian Journal of Statistics 6 (1979): the i-th smallest of
/// m probabilities is multiplied by m - i + 1 and never lies below the one before it.
public enum HolmAdjustment {
  /// The adjusted probabilities, in the order of the given ones.
  ///
  ///     HolmAdjustment.of([0.01, 0.04, 0.03]) == [0.03, 0.06, 0.06]
  public static func of(_ pValues: [Double]) -> [Double] {
    var adjusted = pValues
    var floor = 0.0
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, index) in order.enumerated() {
      floor = max(floor, min(1, Double(pValues.count - rank) * pValues[index]))
      adjusted[index] = floor
    }
    return adjusted
  }
}
