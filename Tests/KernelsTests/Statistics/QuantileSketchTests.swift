import Kernels
import Testing

@Suite struct QuantileSketchTests {
  @Test func `an empty sketch has no quantiles`() {
    #expect(QuantileSketch().value(at: 0.5) == nil)
  }

  @Test func `zeros are kept exactly`() {
    let sketch = filled([0, 0, 0, 5])
    #expect(sketch.value(at: 0) == 0)
    #expect(sketch.value(at: 0.9) == 0)
    #expect(sketch.value(at: 1) == 5)
  }

  @Test(arguments: [0.001, 0.01, 0.2], 1...4 as ClosedRange<UInt64>)
  func `every quantile is within the stated error`(error: Double, seed: UInt64) {
    for size in [1, 2, 10, 3000] {
      let values = sample(size, seed)
      let sketch = filled(values, error, bucketsMax: 8192)
      let sorted = values.sorted()
      for percent in 0...100 {
        let exact = sorted[Int(Double(percent) / 100 * Double(size - 1))]
        let estimate = sketch.value(at: Double(percent) / 100) ?? .nan
        #expect(abs(estimate - exact) <= error * exact * (1 + 1e-9))
      }
      let isCollapsed = sketch.isCollapsed
      #expect(!isCollapsed)
    }
  }

  @Test func `the extremes of the doubles fit`() {
    let values = [Double.leastNonzeroMagnitude, 1, Double.greatestFiniteMagnitude]
    let sketch = filled(values, 0.01, bucketsMax: 100_000)
    #expect(sketch.value(at: 0) == values[0])
    #expect(abs((sketch.value(at: 0.5) ?? .nan) - 1) <= 0.0101)
    #expect(sketch.value(at: 1) == values[2])
  }

  @Test(arguments: [1, 20, 64, 2048], 1...4 as ClosedRange<UInt64>)
  func `a merge equals the sketch of all values`(bucketsMax: Int, seed: UInt64) {
    let values = sample(1000, seed) + [0, 0, 1e-30]
    let whole = filled(values, 0.05, bucketsMax: bucketsMax)
    for cut in [0, 1, 400, 1003] {
      let left = filled(Array(values[..<cut]), 0.05, bucketsMax: bucketsMax)
      let right = filled(Array(values[cut...]), 0.05, bucketsMax: bucketsMax)
      var merged = left
      merged.merge(right)
      var swapped = right
      swapped.merge(left)
      #expect(merged == whole && swapped == whole)
    }
  }

  @Test(arguments: [1, 10, 100], 1...4 as ClosedRange<UInt64>)
  func `memory is bounded and the upper quantiles stay good`(bucketsMax: Int, seed: UInt64) {
    let values = sample(5000, seed).map { $0 * $0 * $0 }
    let sketch = filled(values, 0.01, bucketsMax: bucketsMax)
    #expect(sketch.bucketCount <= bucketsMax)
    let isCollapsed = sketch.isCollapsed
    #expect(isCollapsed)
    #expect(sketch.count == values.count)
    let sorted = values.sorted()
    let reach = sorted[4999] * power(0.99 / 1.01, bucketsMax - 2)
    for rank in stride(from: 4999, to: 0, by: -50) where sorted[rank] > reach {
      let estimate = sketch.value(at: Double(rank) / 4999) ?? .nan
      #expect(abs(estimate - sorted[rank]) <= 0.0101 * sorted[rank])
    }
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    exponent < 0 ? .infinity : (0..<exponent).reduce(1) { product, _ in product * base }
  }

  private func filled(
    _ values: [Double], _ error: Double = 0.01, bucketsMax: Int = 2048
  ) -> QuantileSketch {
    var sketch = QuantileSketch(relativeError: error, bucketsMax: bucketsMax)
    for value in values { sketch.add(value) }
    return sketch
  }

  private func sample(_ size: Int, _ seed: UInt64) -> [Double] {
    let draw = Variates(RandomStream(seed: seed, name: "sketch"))
    return (0..<size).map { _ in draw.lognormal(logMean: -1, logDeviation: 1) }
  }
}
