import Kernels

/// Samples, summed up or compared.
extension Workload {
  func summary(_ kernel: KernelUnderTest) -> Double {
    let values = values("first")
    switch kernel {
    case .moments: return RunningMoments(values).variance
    case .quantiles: return Quantiles(values)?.median ?? 0
    case .histogram:
      let counts = Histogram(values, bins: 64).counts
      return counts.enumerated().reduce(0) { $0 + Double($1.offset) * Double($1.element) }
    case .powerLaw:
      let law = PowerLaw(exponent: 2.04, minimum: 1, maximum: 10_000)
      var draw = stream("degrees").sequence()
      let degrees = (0..<size).map { _ in law.degree(draw.unit()) }
      return PowerLaw.hillExponent(of: degrees, minimum: 2) ?? 0
    default:
      var sketch = QuantileSketch()
      for value in values { sketch.add(value) }
      return (sketch.value(at: 0.99) ?? 0) + Double(sketch.count)
    }
  }

  func comparison(_ kernel: KernelUnderTest) -> Double {
    let (first, second) = (values("first"), values("second"))
    switch kernel {
    case .mannWhitney: return MannWhitneyTest(first, second).pValue(.twoSided)
    case .hodgesLehmann: return HodgesLehmann.shift(from: first, to: second) ?? 0
    case .medianRatio:
      return MedianRatio(of: first, to: second, stream: stream("bootstrap")).replicates.reduce(0, +)
    case .rankCorrelation:
      return (RankCorrelation.spearman(first, second) ?? 0)
        + (RankCorrelation.kendall(first, second) ?? 0)
    case .changePoints:
      let levels = first.indices.map { first[$0] + ($0 < size / 3 ? 0 : 20) }
      return Double(ChangePoints.find(in: levels).reduce(0, +))
    default:
      return ReceiverOperatingCurve(scores: first, isPositive: second.map { $0 > 2 })?
        .areaUnderCurve ?? 0
    }
  }
}
