import Kernels
import Testing

@Suite("Batches of one run")
struct BatchSeriesTests {
  @Test func `batches double when there are too many`() {
    var series = BatchSeries(batchesMax: 8)
    for value in 0..<160 { series.add(Double(value)) }
    #expect(series.batchSize == 40 && series.means == [19.5, 59.5, 99.5, 139.5])
  }

  @Test(arguments: [0, 200, 1000], 1...3 as ClosedRange<UInt64>)
  func `a start that is off is deleted`(length: Int, seed: UInt64) throws {
    var draw = RandomStream(seed: seed, name: "warmup").sequence()
    var series = BatchSeries()
    for i in 0..<20_000 { series.add(draw.unit() + (i < length ? 5 : 0)) }
    let warmup = try #require(series.warmup)
    #expect(warmup >= length && warmup <= length + 400, "\(warmup)")
    let interval = try #require(series.interval())
    #expect(interval.mean.contains(0.5) && abs(interval.lag1) < 0.6)
  }

  /// By the definition: the sum of squared deviations over the squared count.
  @Test func `the deleted part minimises the standard error`() throws {
    var draw = RandomStream(seed: 5, name: "mser").sequence()
    var series = BatchSeries(batchesMax: 256)
    for i in 0..<1000 { series.add(draw.unit() + 3 / (1 + Double(i) / 20)) }
    func error(_ start: Int) -> Double {
      let rest = series.means.dropFirst(start)
      let mean = rest.reduce(0, +) / Double(rest.count)
      let squares = rest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares / Double(rest.count * rest.count)
    }
    let best = (0...(series.means.count - 5)).min { error($0) < error($1) }
    #expect(series.deletedBatches == best)
  }

  @Test func `a trend without end is no warm-up`() {
    var series = BatchSeries()
    for i in 0..<2000 { series.add(Double(i) * Double(i)) }
    #expect(series.warmup == nil)
    #expect(BatchSeries().warmup == 0 && BatchSeries().interval() == nil)
  }
}
