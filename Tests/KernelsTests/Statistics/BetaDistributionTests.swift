import Kernels
import Testing

@Suite struct BetaDistributionTests {
  /// scipy.special.betaincinv(a, b, 0.05).
  @Test(arguments: [
    (1.0, 1.0, 0.05), (2, 1, 0.22360679774997896), (1, 2, 0.02532056551910361),
    (96, 6, 0.8987310283393475), (1.5, 2.5, 0.06241252385791503),
    (11, 100_001, 6.168446919323472e-05), (101, 1_000_001, 8.504919050473936e-05),
    (1_000_001, 1.1, 0.9999968133443067), (10_001, 101, 0.9883206206449102),
    (1_000_001, 1_000_001, 0.499418456837914), (100_000_001, 1_000_001, 0.990082789816163),
  ])
  func `quantiles equal scipy's`(a: Double, b: Double, expected: Double) {
    #expect(abs(BetaDistribution(a, b).quantile(0.05) / expected - 1) < 1e-9)
  }

  @Test(arguments: [1, 1.5, 7, 300, 40_000], [1, 2.25, 60, 5_000, 100_000])
  func `a quantile has the probability that it was asked for`(a: Double, b: Double) {
    let beta = BetaDistribution(a, b)
    for p in [1e-6, 0.05, 0.5, 0.9, 0.9999] {
      #expect(abs(beta.probability(below: beta.quantile(p)) - p) < 1e-9)
    }
  }

  @Test(arguments: [99_000, 99_999.5, 100_000, 100_001])
  func `the closed estimate takes over without a step`(b: Double) {
    let below = BetaDistribution(100_000, b).quantile(0.05)
    let above = BetaDistribution(100_000.001, b).quantile(0.05)
    #expect(above > below && above - below < 1e-8)
  }
}
