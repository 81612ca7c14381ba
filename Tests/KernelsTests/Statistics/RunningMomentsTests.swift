import Kernels
import Testing

@Suite struct RunningMomentsTests {
  @Test func `eight values have the moments of the textbook`() {
    let moments = RunningMoments([2, 4, 4, 4, 5, 5, 7, 9])
    #expect(moments.count == 8)
    #expect(moments.mean == 5)
    #expect(abs(moments.variance - 32.0 / 7) < 1e-14)
    #expect(moments.minimum == 2 && moments.maximum == 9)
  }

  @Test func `no value and one value have no variance`() {
    #expect(RunningMoments().variance == 0)
    #expect(RunningMoments().mean == 0)
    #expect(RunningMoments().minimum == .infinity)
    let one = RunningMoments([3])
    #expect(one.variance == 0 && one.mean == 3 && one.minimum == 3 && one.maximum == 3)
  }

  @Test func `a large mean does not drown the variance`() {
    let moments = RunningMoments([4, 7, 13, 16].map { $0 + 1e9 })
    #expect(moments.variance == 30)
  }

  @Test(arguments: [1, 2, 10, 1000], 1...4 as ClosedRange<UInt64>)
  func `running moments equal those of two passes`(size: Int, seed: UInt64) {
    let values = sample(size, seed)
    let moments = RunningMoments(values)
    let mean = values.reduce(0, +) / Double(size)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    #expect(abs(moments.mean - mean) < 1e-13)
    #expect(abs(moments.squaredDeviations - squares) <= 1e-12 * (1 + squares))
    #expect(moments.minimum == values.min() && moments.maximum == values.max())
  }

  @Test(arguments: [2, 10, 1000], 1...4 as ClosedRange<UInt64>)
  func `merged parts equal the whole`(size: Int, seed: UInt64) {
    let values = sample(size, seed)
    let whole = RunningMoments(values)
    for cut in [0, 1, size / 3, size] {
      var merged = RunningMoments(Array(values[..<cut]))
      merged.merge(RunningMoments(Array(values[cut...])))
      #expect(merged.count == whole.count)
      #expect(abs(merged.mean - whole.mean) < 1e-13)
      #expect(abs(merged.variance - whole.variance) < 1e-12)
      #expect(merged.minimum == whole.minimum && merged.maximum == whole.maximum)
    }
  }

  private func sample(_ size: Int, _ seed: UInt64) -> [Double] {
    var draw = RandomStream(seed: seed, name: "moments").sequence()
    return (0..<size).map { _ in draw.exponential(rate: 1) }
  }
}
