import Kernels
import Testing

@Suite struct VariatesTests {
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `equal streams give equal variates`(seed: UInt64) {
    #expect(mixture(seed) == mixture(seed))
    #expect(mixture(seed) != mixture(seed + 1))
  }

  @Test func `units are never 0 nor 1`() {
    let draw = Variates(RandomStream(seed: 1, name: "unit"))
    let moments = RunningMoments((0..<40_000).map { _ in draw.unit() })
    #expect(moments.minimum > 0 && moments.maximum < 1)
    expectMoments(moments, mean: 0.5, variance: 1.0 / 12)
  }

  @Test func `gaussian variates have the mean and deviation asked for`() {
    expectMoments(sample { $0.gaussian(mean: 3, deviation: 2) }, mean: 3, variance: 4)
  }

  /// Mean exp(s^2 / 2), variance (exp(s^2) - 1) exp(s^2), with s = 1/2.
  @Test func `lognormal variates have the right moments`() {
    expectMoments(
      sample { $0.lognormal(logMean: 0, logDeviation: 0.5) },
      mean: 1.1331484530668263, variance: 0.3646958540123867)
  }

  @Test func `gamma variates have the right moments`() {
    expectMoments(sample { $0.gamma(shape: 2.5, scale: 2) }, mean: 5, variance: 10)
  }

  @Test func `beta variates have the right moments`() {
    expectMoments(sample { $0.beta(2, 6) }, mean: 0.25, variance: 0.25 * 0.75 / 9)
  }

  @Test(arguments: [0.5, 7, 200])
  func `poisson variates have variance equal to the mean`(mean: Double) {
    expectMoments(sample { Double($0.poisson(mean: mean)) }, mean: mean, variance: mean)
  }

  @Test func `binomial variates have the right moments`() {
    expectMoments(sample { Double($0.binomial(trials: 40, p: 0.3)) }, mean: 12, variance: 8.4)
  }

  private let samples = 40_000

  private func sample(_ variate: (borrowing Variates) -> Double) -> RunningMoments {
    let draw = Variates(RandomStream(seed: 11, name: "moments"))
    var moments = RunningMoments()
    for _ in 0..<samples { moments.add(variate(draw)) }
    return moments
  }

  /// Four standard errors for the mean; 5 % for the variance, whose error needs the kurtosis.
  private func expectMoments(_ moments: RunningMoments, mean: Double, variance: Double) {
    #expect(abs(moments.mean - mean) < 4 * (variance / Double(samples)).squareRoot())
    #expect(abs(moments.variance / variance - 1) < 0.05)
  }

  private func mixture(_ seed: UInt64) -> [Double] {
    let draw = Variates(RandomStream(seed: seed, name: "mixture"))
    return (0..<50).flatMap { _ in
      [
        draw.unit(), draw.gaussian(deviation: 1), draw.lognormal(logMean: 0, logDeviation: 1),
        draw.gamma(shape: 0.5, scale: 1), draw.beta(2, 3), Double(draw.poisson(mean: 4)),
        Double(draw.binomial(trials: 10, p: 0.5)),
      ]
    }
  }
}
