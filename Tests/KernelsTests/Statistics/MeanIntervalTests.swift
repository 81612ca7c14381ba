import Kernels
import Testing

@Suite struct MeanIntervalTests {
  /// scipy.stats.t.ppf.
  @Test(arguments: [
    (1.0, 0.975, 12.706204736174694), (4, 0.975, 2.7764451051977934),
    (9, 0.975, 2.262157162798205), (19, 0.975, 2.0930240544083087),
    (19, 0.9995, 3.883405852592131), (19, 0.999975, 5.208582529935308),
    (99, 0.995, 2.626405457280827),
  ])
  func `Student's quantiles equal scipy's`(degrees: Double, p: Double, expected: Double) {
    let quantile = MeanInterval.studentQuantile(p, degreesOfFreedom: degrees)
    #expect(abs(quantile / expected - 1) < 1e-10)
  }

  @Test func `five values have the interval that scipy gives them`() {
    let interval = MeanInterval([2.1, 2.9, 3.3, 2.4, 3.8])
    #expect(abs(interval.lower - 2.0532980392945572) < 1e-12)
    #expect(abs(interval.upper - 3.7467019607054426) < 1e-12)
    #expect(interval.contains(3.7) && !interval.contains(3.8))
    #expect(interval.count == 5 && interval.confidence == 0.95)
  }

  @Test func `several comparisons share the error between them`() {
    let values = [1.0, 2, 4, 8]
    let joint = MeanInterval(values, confidence: 0.99, comparisons: 10)
    let single = MeanInterval(values, confidence: 0.999)
    #expect(abs(joint.halfWidth / single.halfWidth - 1) < 1e-9)
  }

  @Test func `fewer than two values have an interval without end`() {
    #expect(MeanInterval([3]).halfWidth == .infinity)
    #expect(MeanInterval([3]).mean == 3)
    #expect(MeanInterval(RunningMoments()).contains(1e9))
  }

  /// 95 % of 1000 intervals is 950 with a standard deviation of 7.
  @Test(arguments: [2, 5, 20])
  func `19 of 20 intervals hold the mean`(size: Int) {
    let draw = Variates(RandomStream(seed: 4, name: "coverage"))
    var covered = 0
    for _ in 0..<1000 {
      let values = (0..<size).map { _ in draw.gaussian(mean: 5, deviation: 2) }
      if MeanInterval(values).contains(5) { covered += 1 }
    }
    #expect(abs(covered - 950) < 28)
  }
}
