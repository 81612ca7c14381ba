internal import CGSL

/// How many values a comparison needs before it can decide.
public enum NeededSampleSize {
  /// Values per sample with which a Mann-Whitney test finds a shift of the given `superiority`
  /// (the share of pairs in which the first is larger) at level `alpha` with probability `power`.
  ///
  /// Noether, Journal of the American Statistical Association 82 (1987), equation 6, for two samples
  /// of one size. Nil without a shift: no number of values finds it.
  public static func mannWhitney(superiority: Double, alpha: Double, power: Double = 0.8) -> Int? {
    precondition(alpha > 0 && alpha < 1 && power > 0 && power < 1)
    let shift = superiority - 0.5
    guard abs(shift) > 1e-9 else { return nil }
    let quantiles = gsl_cdf_ugaussian_Qinv(alpha / 2) + gsl_cdf_ugaussian_Pinv(power)
    let total = quantiles * quantiles / (3 * shift * shift)
    return whole(total / 2)
  }

  /// Values per sample that narrow an interval from one half-width to another, by the square root
  /// law; nil where the wanted one is not positive.
  public static func interval(halfWidth: Double, wanted: Double, count: Int) -> Int? {
    guard wanted > 0, halfWidth.isFinite else { return nil }
    let factor = halfWidth / wanted
    return whole(Double(count) * factor * factor)
  }

  private static func whole(_ count: Double) -> Int? {
    count < 1e9 ? max(1, Int(count.rounded(.up))) : nil
  }
}
