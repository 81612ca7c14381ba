import Kernels
import Testing

@Suite struct HistogramTests {
  /// numpy.histogram.
  @Test func `four bins over ten values are numpy's`() {
    let histogram = Histogram([3, 1, 4, 1, 5, 9, 2, 6, 5, 3], bins: 4)
    #expect(histogram.counts == [3, 3, 3, 1])
    #expect(histogram.edges == [1, 3, 5, 7, 9])
    #expect(histogram.outside == 0)
  }

  @Test func `equal values stand in the middle of a range of width 1`() {
    let histogram = Histogram([2, 2, 2], bins: 2)
    #expect(histogram.edges == [1.5, 2, 2.5])
    #expect(histogram.counts == [0, 3])
  }

  @Test func `no values fill no bin`() {
    let histogram = Histogram([], bins: 3)
    #expect(histogram.counts == [0, 0, 0])
    #expect(histogram.edges.first == 0 && histogram.edges.last == 1)
  }

  @Test func `values outside a given range are counted apart`() {
    let histogram = Histogram([-1, 0, 0.5, 1, 1.1, .nan], over: 0...1, bins: 2)
    #expect(histogram.counts == [1, 2])
    #expect(histogram.outside == 3)
    #expect(histogram.count == 3)
  }

  @Test(arguments: [1, 3, 10, 49], 1...4 as ClosedRange<UInt64>)
  func `the edges as stored decide`(bins: Int, seed: UInt64) {
    var draw = RandomStream(seed: seed, name: "histogram").sequence()
    var values = (0..<500).map { _ in 0.1 + 0.7 * draw.unit() }
    values += Histogram(values, bins: bins).edges
    let histogram = Histogram(values, bins: bins)
    for bin in 0..<bins {
      let low = histogram.edges[bin]
      let high = histogram.edges[bin + 1]
      let expected = values.count {
        low <= $0 && ($0 < high || (bin == bins - 1 && $0 == high))
      }
      #expect(histogram.counts[bin] == expected)
    }
    #expect(histogram.count == values.count)
  }
}
