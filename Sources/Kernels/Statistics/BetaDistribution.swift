internal import CGSL
internal import Foundation

/// The beta law on (0, 1) with both shapes at least 1, as it describes a rate after some trials.
///
///     let cautious = BetaDistribution(1 + successes, 1 + failures).quantile(0.05)
public struct BetaDistribution: Sendable, Equatable {
  public let a: Double
  public let b: Double

  public init(_ a: Double, _ b: Double) {
    precondition(a >= 1 && b >= 1 && a < .infinity && b < .infinity)
    self.a = a
    self.b = b
  }

  /// P(X <= x).
  public func probability(below x: Double) -> Double { gsl_cdf_beta_P(x, a, b) }

  /// The x with P(X <= x) = p, for p in the open interval (0, 1).
  ///
  /// Newton's method on `probability(below:)`, kept inside a bracket, from a closed estimate;
  /// relative error about 1e-10. The library's own inverse is not used: it gives no number for
  /// shapes like (11, 1e5) and does not return for (1e6, 1e6). With both shapes above 1e5, where
  /// its probabilities fail as well, the estimate itself has an error below 1e-9.
  public func quantile(_ p: Double) -> Double {
    precondition(p > 0 && p < 1)
    _ = PhiloxForGSL.errorsAreReturned
    var x = estimate(p)
    guard min(a, b) <= 1e5 else { return x }
    var low = 0.0
    var high = 1.0
    for _ in 0..<200 {
      let excess = probability(below: x) - p
      if excess > 0 { high = x } else { low = x }
      let next = inside(x - excess / gsl_ran_beta_pdf(x, a, b), low, high)
      if abs(next - x) <= 2 * x.ulp { return next }
      x = next
    }
    return x
  }

  private func inside(_ x: Double, _ low: Double, _ high: Double) -> Double {
    x > low && x < high ? x : low + (high - low) / 2
  }

  /// Abramowitz, Stegun, Handbook of Mathematical Functions, 26.5.22.
  private func estimate(_ p: Double) -> Double {
    let y = gsl_cdf_ugaussian_Qinv(p)
    let u = 1 / (2 * a - 1)
    let v = 1 / (2 * b - 1)
    let h = 2 / (u + v)
    let lambda = (y * y - 3) / 6
    let w = y * max(h + lambda, 0).squareRoot() / h - (v - u) * (lambda + 5 / 6 - 2 / (3 * h))
    return a / (a + b * exp(2 * w))
  }
}
