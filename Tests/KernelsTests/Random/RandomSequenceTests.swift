import Kernels
import Testing

@Suite struct RandomSequenceTests {
  @Test func `a sequence walks the words of the stream's blocks`() {
    let stream = RandomStream(seed: 5, name: "walk")
    var sequence = stream.sequence()
    for entity in 0..<10 {
      #expect(sequence.next() == stream.block(entity).word0)
      #expect(sequence.next() == stream.block(entity).word1)
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `units fill the open interval evenly`(seed: UInt64) {
    var draw = RandomStream(seed: seed, name: "unit").sequence()
    let units = (0..<20_000).map { _ in draw.unit() }
    #expect(units.allSatisfy { $0 > 0 && $0 < 1 })
    let moments = RunningMoments(units)
    // Four standard errors, sqrt(1 / 12 / 20 000) = 0.00204.
    #expect(abs(moments.mean - 0.5) < 0.0082)
    #expect(abs(12 * moments.variance - 1) < 0.024)
    for count in Histogram(units, over: 0...1, bins: 10).counts { #expect(abs(count - 2000) < 170) }
  }

  @Test(arguments: [0.5, 1, 20])
  func `exponential variates have mean and deviation 1 over rate`(rate: Double) {
    var draw = RandomStream(seed: 1, name: "exponential").sequence()
    let moments = RunningMoments((0..<40_000).map { _ in draw.exponential(rate: rate) })
    #expect(moments.minimum > 0)
    #expect(abs(moments.mean * rate - 1) < 0.02)
    #expect(abs(moments.standardDeviation * rate - 1) < 0.04)
  }

  @Test(arguments: [2.5, 4])
  func `pareto variates have the shape that Hill's estimator finds`(shape: Double) {
    var draw = RandomStream(seed: 2, name: "pareto").sequence()
    let values = (0..<40_000).map { _ in draw.pareto(shape: shape, minimum: 3) }
    #expect(values.allSatisfy { $0 >= 3 })
    let exponent = PowerLaw.hillExponent(of: values, minimum: 3) ?? .nan
    #expect(abs(exponent - 1 - shape) < 4 * shape / 200)
  }

  @Test func `indices below a bound are even`() {
    var draw = RandomStream(seed: 3, name: "index").sequence()
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[draw.index(below: 7)] += 1 }
    for count in counts { #expect(abs(count - 10_000) < 400) }
  }

  @Test func `equal sequences shuffle equally`() {
    var a = RandomStream(seed: 9, name: "shuffle").sequence()
    var b = a
    let cards = Array(0..<52)
    #expect(cards.shuffled(using: &a) == cards.shuffled(using: &b))
  }
}
