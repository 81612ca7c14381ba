import Foundation
import Kernels
import Testing

@Suite("Arrivals")
struct ArrivalTests {
  private static let processes: [ArrivalProcess] = [
    .poisson(rate: 3), .markovModulated(rates: [10, 0, 1], stays: [2, 3, 5]),
    .selfExciting(base: 2, branching: 0.6, decay: 8),
    .diurnal(rate: 5, amplitude: 0.9, period: 24, phase: 0.25),
  ]

  @Test(arguments: processes)
  func `the mean rate is the stated one, within the interval of 20 runs`(
    process: ArrivalProcess
  ) {
    let rates = (0..<20).map { seed in
      let times = process.times(
        count: 20_000, stream: RandomStream(seed: UInt64(seed), name: "arrivals"))
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 <= $1 })
      return 20_000 / (times.last ?? 1)
    }
    let interval = MeanInterval(rates, confidence: 0.999)
    #expect(interval.contains(process.meanRate), "\(interval) for \(process.meanRate)")
    #expect(interval.halfWidth < 0.1 * process.meanRate)
  }

  @Test func `bursts show in the gaps`() {
    func variation(_ process: ArrivalProcess) -> Double {
      let stream = RandomStream(seed: 1, name: "arrivals")
      return ArrivalSeries(times: process.times(count: 50_000, stream: stream)).gapVariation
    }
    #expect(abs(variation(.poisson(rate: 3)) - 1) < 0.05)
    #expect(variation(.markovModulated(rates: [10, 0.1], stays: [2, 5])) > 2)
    #expect(variation(.selfExciting(base: 2, branching: 0.6, decay: 8)) > 1.5)
  }

  /// Half a day of the sine holds more than half of the arrivals.
  @Test func `diurnal arrivals follow the hour`() {
    let process = ArrivalProcess.diurnal(rate: 5, amplitude: 0.8, period: 24, phase: 0)
    let times = process.times(count: 100_000, stream: RandomStream(seed: 2, name: "day"))
    let rising = times.count { $0.truncatingRemainder(dividingBy: 24) < 12 }
    // Half a sine over half a period: 1/2 + amplitude / pi.
    #expect(abs(Double(rising) / 100_000 - (0.5 + 0.8 / Double.pi)) < 0.01)
  }

  @Test(arguments: [
    ArrivalProcess.poisson(rate: 0), .poisson(rate: .nan), .markovModulated(rates: [], stays: []),
    .markovModulated(rates: [0, 0], stays: [1, 1]), .markovModulated(rates: [1], stays: [0]),
    .selfExciting(base: 1, branching: 1, decay: 1),
    .diurnal(rate: 1, amplitude: 1.5, period: 1, phase: 0),
  ])
  func `numbers that make no process are named`(process: ArrivalProcess) {
    #expect(process.fault != nil)
  }

  @Test func `a series is warped, thinned, looped and superposed`() {
    let stream = RandomStream(seed: 3, name: "series")
    let series = ArrivalSeries(
      times: (0..<1000).map { Double($0) }, works: (0..<1000).map(Double.init))
    #expect(series.warped(by: 4).times[8] == 2)
    let half = series.thinned(to: 0.5, stream: stream)
    let less = series.thinned(to: 0.25, stream: stream)
    #expect(abs(half.count - 500) < 60 && Set(less.rows).isSubset(of: half.rows))
    #expect(half.works == half.times)
    let looped = series.looped(3)
    #expect(looped.count == 3000 && looped.times[1000] == 1000 && looped.span == 2999)
    let dense = series.superposed(4, stream: stream)
    #expect(dense.count == 4000 && dense.span <= 1000)
    #expect(zip(dense.times, dense.times.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(Dictionary(grouping: dense.rows) { $0 }.values.allSatisfy { $0.count == 4 })
  }

  @Test(arguments: [true, false])
  func `counts per interval are kept`(evenly: Bool) {
    let series = ArrivalSeries.spread(
      counts: [3, 0, 5], interval: 60, evenly: evenly, stream: RandomStream(seed: 1, name: "rates"))
    #expect(series.times.map { Int($0 / 60) } == [0, 0, 0, 2, 2, 2, 2, 2])
    #expect(zip(series.times, series.times.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(arguments: [
    ("1970-01-01 00:00:00", 0), ("2023-11-16 18:15:46.6805900", 1_700_158_546_680_590_000),
    ("2015-08-17T16:05:27.003717956Z", 1_439_827_527_003_717_956),
    ("2000-02-29T12:00:00+02:30", 951_816_600_000_000_000),
    ("1969-12-31 23:59:59.5", -500_000_000),
  ])
  func `dates are read to the nanosecond`(text: String, expected: Int64) {
    #expect(TimeStamp.nanoseconds(date: text) == expected)
  }

  @Test(arguments: [
    "", "2023", "2023-13-01 00:00:00", "2023-02-29 00:00:00", "2023-01-01 24:00:00",
    "2023-01-01 00:00:00.", "2023-01-01 00:00:00 x", "2023-01-01 00:00:00+1", "2023/01/01 00:00:00",
  ])
  func `what is no date is refused`(text: String) {
    #expect(TimeStamp.nanoseconds(date: text) == nil)
  }

  @Test func `numbers keep their digits`() {
    #expect(
      TimeStamp.nanoseconds(decimal: "1439827527.003717956", unit: .seconds)
        == 1_439_827_527_003_717_956)
    #expect(TimeStamp.nanoseconds(decimal: "-0.5", unit: .milliseconds) == -500_000)
    #expect(TimeStamp.nanoseconds(decimal: "12", unit: .microseconds) == 12_000)
    for text in ["", "-", "1e3", "1.2.3", "99999999999999", "nan"] {
      #expect(TimeStamp.nanoseconds(decimal: text, unit: .seconds) == nil, "\(text)")
    }
  }
}
