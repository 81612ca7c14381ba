import Kernels
import Testing

@Suite struct MedianIntervalTests {
  /// Ranks from the table of binomial probabilities; benchstat wants 6 values for 95 % as well.
  @Test(arguments: [
    (6, 1, 0.96875), (10, 2, 0.978515625), (20, 6, 0.9586105346679688),
    (25, 8, 0.9567147493362427),
  ])
  func `the interval is made of order statistics`(count: Int, rank: Int, coverage: Double) throws {
    let values = (1...count).map(Double.init).reversed()
    let interval = try #require(MedianInterval(Array(values)))
    #expect(interval.median == Double(count + 1) / 2)
    #expect(interval.lower == Double(rank) && interval.upper == Double(count + 1 - rank))
    #expect(abs(interval.coverage - coverage) < 1e-12)
  }

  @Test func `five values are too few for 95 in 100`() throws {
    let interval = try #require(MedianInterval([1, 2, 3, 4, 5]))
    #expect(interval.lower == -.infinity && interval.upper == .infinity)
    #expect(try #require(MedianInterval([1, 2, 3, 4, 5], confidence: 0.9)).lower == 1)
    #expect(MedianInterval([]) == nil)
  }

  @Test func `the interval holds the median as often as it says`() throws {
    let draw = Variates(RandomStream(seed: 3, name: "median interval"))
    var held = 0
    for _ in 0..<2000 {
      let values = (0..<11).map { _ in draw.lognormal(logMean: 0, logDeviation: 1) }
      let interval = try #require(MedianInterval(values))
      if interval.lower <= 1 && 1 <= interval.upper { held += 1 }
    }
    // 0.98828 of 2000 with a standard deviation of 4.8.
    #expect(abs(held - 1977) < 20)
  }
}

@Suite struct MedianRatioTests {
  private let base = (0..<20).map { 10 + Double($0 % 7) * 0.1 }

  @Test func `the estimate is the ratio of the medians`() {
    let stream = RandomStream(seed: 1, name: "ratio")
    let ratio = MedianRatio(of: base.map { $0 * 1.25 }, to: base, stream: stream)
    #expect(abs(ratio.estimate - 1.25) < 1e-15)
    let interval = ratio.interval(confidence: 0.95)
    #expect(interval.contains(1.25) && interval.lowerBound > 1.2 && interval.upperBound < 1.3)
  }

  @Test func `equal streams give equal intervals, others give others`() {
    let noisy = base.enumerated().map { $1 * (1 + Double($0 * 37 % 11) * 0.003) }
    let ratios = [1, 1, 2].map { seed in
      MedianRatio(of: noisy, to: base, stream: RandomStream(seed: seed, name: "ratio"))
    }
    #expect(ratios[0] == ratios[1] && ratios[0] != ratios[2])
  }

  @Test func `constants have an interval without width`() {
    let stream = RandomStream(seed: 1, name: "ratio")
    let ratio = MedianRatio(of: [3, 3, 3], to: [2, 2], stream: stream)
    #expect(ratio.interval(confidence: 0.99) == 1.5...1.5)
  }

  @Test func `nothing against nothing is 1, something against nothing has no bound`() {
    let stream = RandomStream(seed: 1, name: "ratio")
    #expect(
      MedianRatio(of: [0, 0], to: [0, 0], stream: stream).interval(confidence: 0.9) == 1...1)
    #expect(MedianRatio(of: [1, 1], to: [0, 0], stream: stream).estimate == .infinity)
    #expect(MedianRatio(of: [0, 0], to: [2, 2], stream: stream).estimate == 0)
  }

  @Test func `19 of 20 intervals hold the ratio`() {
    let draw = Variates(RandomStream(seed: 8, name: "ratio coverage"))
    var held = 0
    for trial in 0..<500 {
      let samples = [1.0, 1.1].map { scale in
        (0..<20).map { _ in scale * draw.lognormal(logMean: 0, logDeviation: 0.1) }
      }
      let stream = RandomStream(seed: UInt64(trial), name: "ratio")
      let ratio = MedianRatio(of: samples[1], to: samples[0], stream: stream, replicates: 400)
      if ratio.interval(confidence: 0.95).contains(1.1) { held += 1 }
    }
    #expect(held >= 460, "\(held) of 500")
  }
}

@Suite struct HodgesLehmannTests {
  @Test func `the shift is the median of all differences`() {
    // Differences 4 1 -1, 6 3 1, 9 6 4; in order -1 1 1 3 4 4 6 6 9.
    #expect(HodgesLehmann.shift(from: [1, 4, 6], to: [5, 7, 10]) == 4)
    #expect(HodgesLehmann.shift(from: [], to: [1]) == nil)
  }

  @Test func `one outlier hardly moves it`() {
    let base = (0..<20).map { 100 + Double($0) }
    var late = base.map { $0 + 5 }
    late[7] = 1e9
    #expect(abs((HodgesLehmann.shift(from: base, to: late) ?? 0) - 5) <= 1)
  }
}

@Suite struct HolmAdjustmentTests {
  /// The second row is R's p.adjust(c(0.01, 0.02, 0.03, 0.005), "holm").
  @Test(arguments: [
    ([0.01, 0.04, 0.03], [0.03, 0.06, 0.06]),
    ([0.01, 0.02, 0.03, 0.005], [0.03, 0.04, 0.04, 0.02]),
    ([0.7, 0.9], [1, 1]), ([0.2], [0.2]), ([], []),
  ])
  func `probabilities step down`(given: [Double], adjusted: [Double]) {
    for (a, b) in zip(HolmAdjustment.of(given), adjusted) { #expect(abs(a - b) < 1e-15) }
  }
}

@Suite struct GeometricMeanTests {
  @Test func `halving and doubling cancel`() {
    #expect(abs((GeometricMean.of([0.5, 2]) ?? 0) - 1) < 1e-15)
    #expect(abs((GeometricMean.of([1, 3, 9]) ?? 0) - 3) < 1e-14)
    #expect(GeometricMean.of([]) == nil && GeometricMean.of([1, 0]) == nil)
  }

  @Test func `its interval is narrower than those of its ratios`() throws {
    let draw = Variates(RandomStream(seed: 5, name: "geometric mean"))
    let ratios = (0..<8).map { i in
      let samples = (0..<2).map { _ in
        (0..<20).map { _ in draw.lognormal(logMean: 0, logDeviation: 0.1) }
      }
      let stream = RandomStream(seed: UInt64(i), name: "ratio")
      return MedianRatio(of: samples[0], to: samples[1], stream: stream)
    }
    let mean = try #require(GeometricMean.of(ratios, confidence: 0.95))
    func width(_ range: ClosedRange<Double>) -> Double { range.upperBound - range.lowerBound }
    let narrowest = ratios.map { width($0.interval(confidence: 0.95)) }.min() ?? 0
    #expect(mean.interval.contains(1) && mean.interval.contains(mean.estimate))
    #expect(width(mean.interval) < narrowest)
  }
}

@Suite struct NeededSampleSizeTests {
  /// Noether's formula in Python, with the normal quantiles of scipy.
  @Test(arguments: [(0.6, 195), (0.7, 49), (0.9, 13)])
  func `smaller shifts need more values`(superiority: Double, count: Int) {
    #expect(NeededSampleSize.mannWhitney(superiority: superiority, alpha: 0.01) == count)
    #expect(NeededSampleSize.mannWhitney(superiority: 1 - superiority, alpha: 0.01) == count)
  }

  @Test func `no number of values finds what is not there`() {
    #expect(NeededSampleSize.mannWhitney(superiority: 0.5, alpha: 0.01) == nil)
    #expect(NeededSampleSize.interval(halfWidth: 0.1, wanted: 0, count: 20) == nil)
  }

  @Test func `four times the values halve an interval`() {
    #expect(NeededSampleSize.interval(halfWidth: 0.1, wanted: 0.05, count: 20) == 80)
  }
}

@Suite struct ChangePointsTests {
  private func noise(_ count: Int, seed: UInt64) -> [Double] {
    let draw = Variates(RandomStream(seed: seed, name: "history"))
    return (0..<count).map { _ in draw.gaussian(mean: 100, deviation: 1) }
  }

  @Test func `steps are found where they are`() {
    var values = noise(60, seed: 1)
    for i in 20..<40 { values[i] += 6 }
    #expect(ChangePoints.find(in: values) == [20, 40])
  }

  @Test func `one outlier is no new level`() {
    var values = noise(60, seed: 2)
    values[30] += 50
    #expect(ChangePoints.find(in: values) == [])
  }

  @Test func `what does not vary has no change, and an exact step is found`() {
    #expect(ChangePoints.find(in: [Double](repeating: 7, count: 20)) == [])
    let step = [Double](repeating: 7, count: 10) + [Double](repeating: 8, count: 10)
    #expect(ChangePoints.find(in: step) == [10])
    #expect(ChangePoints.find(in: [1, 2, 9]) == [])
  }

  @Test(arguments: [30, 100, 300])
  func `fewer than 5 in 100 histories without a change show one`(count: Int) {
    let alarms = (0..<200).count { !ChangePoints.find(in: noise(count, seed: 100 + $0)).isEmpty }
    #expect(alarms < 10, "\(alarms) of 200")
  }
}
