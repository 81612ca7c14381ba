import Benchmark
import Kernels
import Testing

@Suite("The verdict on planted differences")
struct VerdictTests {
  private let base = Planted.times(seed: 1)

  @Test(arguments: [1.10, 1.5, 2.0])
  func `a planted regression is found`(factor: Double) throws {
    let comparison = Planted.compare(base, Planted.times(seed: 2).map { $0 * factor })
    #expect(comparison.rows.map(\.verdict) == [.regression])
    #expect(Planted.outcome(comparison) == .regression)
    let row = try #require(comparison.rows.first)
    #expect(abs(row.series.ratio.estimate / factor - 1) < 0.03)
    #expect(row.series.interval.contains(factor))
  }

  /// 5 % is the threshold itself: the difference is real and too small to stop a gate for.
  @Test func `a change of 5 in 100 is significant and no regression`() throws {
    let comparison = Planted.compare(base, base.map { $0 * 1.05 })
    let row = try #require(comparison.rows.first)
    #expect(row.adjusted < 0.01 && row.series.interval.lowerBound > 1)
    #expect(row.verdict.isUndecided)
    #expect(Planted.outcome(comparison) == .fine)
    #expect(Planted.outcome(comparison, strict: true) == .inconclusive)
  }

  @Test func `a change of 5 in 100 is a regression by a threshold of 3`() {
    var rule = VerdictRule()
    rule.threshold = 0.03
    let comparison = BenchComparison(
      Planted.record(cpu: base), Planted.record(cpu: base.map { $0 * 1.05 }, firstPlace: 50),
      rule: rule)
    #expect(comparison.rows.map(\.verdict) == [.regression])
  }

  @Test(arguments: [0.9, 0.5])
  func `an improvement is found, and fails only where any change does`(factor: Double) {
    let comparison = Planted.compare(base, Planted.times(seed: 3).map { $0 * factor })
    #expect(comparison.rows.map(\.verdict) == [.improvement])
    #expect(Planted.outcome(comparison) == .fine)
    #expect(Planted.outcome(comparison, failOn: .change) == .regression)
    #expect(Planted.outcome(comparison, failOn: .never) == .fine)
  }

  @Test func `the same program is equal`() {
    let comparison = Planted.compare(base, Planted.times(seed: 4))
    #expect(comparison.rows.map(\.verdict) == [.equal])
    #expect(Planted.outcome(comparison, failOn: .change, strict: true) == .fine)
  }

  @Test func `one outlier changes nothing`() {
    var slow = Planted.times(seed: 5)
    slow[7] *= 100
    #expect(Planted.compare(base, slow).rows.map(\.verdict) == [.equal])
    var regressed = slow.map { $0 * 1.2 }
    regressed[3] /= 100
    #expect(Planted.compare(base, regressed).rows.map(\.verdict) == [.regression])
  }

  /// Two modes 30 % apart in both programs: the median of either jumps from mode to mode.
  @Test(arguments: 1...20)
  func `two modes in both programs raise no alarm`(seed: UInt64) {
    func arm(_ which: Int) -> [Double] {
      var draw = RandomStream(seed: seed, name: "modes").substream(UInt64(which)).sequence()
      let times = Planted.times(seed: 100 * seed + UInt64(which))
      return times.map { time in draw.unit() < 0.5 ? time : time * 1.3 }
    }
    let comparison = Planted.compare(arm(0), arm(1))
    #expect(comparison.rows.allSatisfy { $0.verdict != .regression && $0.verdict != .improvement })
  }

  @Test func `a regression is found among two modes`() {
    let modes = base.enumerated().map { $0 % 2 == 0 ? $1 : $1 * 1.3 }
    #expect(Planted.compare(modes, modes.map { $0 * 1.5 }).rows.map(\.verdict) == [.regression])
  }

  /// The machine slows down by a third while both are measured in turn.
  @Test(arguments: 1...20)
  func `a drift that both share raises no alarm`(seed: UInt64) {
    func arm(_ which: Int) -> [Double] {
      var place = which
      return Planted.times(seed: 10 * seed + UInt64(which)).map { time in
        defer { place += 2 }
        return time * (1 + Double(place) / 120)
      }
    }
    let comparison = Planted.compare(arm(0), arm(1))
    #expect(Planted.outcome(comparison, failOn: .change) == .fine)
  }

  @Test func `equal constants are equal`() throws {
    let ones = [Double](repeating: 1, count: 20)
    let comparison = Planted.compare(ones, ones)
    let row = try #require(comparison.rows.first)
    #expect(row.verdict == .equal && row.adjusted == 1 && row.series.interval == 1...1)
  }

  @Test func `different constants are a regression`() {
    let constant = { (value: Double) in [Double](repeating: value, count: 6) }
    #expect(Planted.compare(constant(1), constant(1.2)).rows.map(\.verdict) == [.regression])
  }

  @Test func `zeros are equal to zeros, and something is worse than nothing`() {
    let zeros = [Double](repeating: 0, count: 20)
    #expect(Planted.compare(zeros, zeros).rows.map(\.verdict) == [.equal])
    let comparison = Planted.compare(zeros, base)
    #expect(comparison.rows.map(\.verdict) == [.regression])
    #expect(Planted.compare(base, zeros).rows.map(\.verdict) == [.improvement])
  }

  @Test(arguments: 1...5)
  func `fewer than six samples give no verdict`(count: Int) {
    let few = Array(base.prefix(count))
    let comparison = Planted.compare(few, few.map { $0 * 3 })
    #expect(comparison.rows.map(\.verdict) == [.tooFew(count: count)])
    #expect(Planted.outcome(comparison) == .fine)
    #expect(Planted.outcome(comparison, strict: true) == .inconclusive)
  }

  @Test func `six samples find what is large`() {
    let six = Array(base.prefix(6))
    #expect(Planted.compare(six, six.map { $0 * 1.5 }).rows.map(\.verdict) == [.regression])
  }

  @Test func `an undecided case says how many samples would decide`() throws {
    let noisy = Planted.times(deviation: 0.3, count: 8, seed: 6)
    let other = Planted.times(deviation: 0.3, count: 8, seed: 7).map { $0 * 1.2 }
    let row = try #require(Planted.compare(noisy, other).rows.first)
    guard case .inconclusive(let needed) = row.verdict else {
      Issue.record("\(row.verdict)")
      return
    }
    #expect(try #require(needed) > 8)
    #expect(row.verdict.sentence.contains("would decide"))
  }

  @Test func `one alarm among many equal cases needs a smaller probability`() throws {
    var (old, new): ([String: [Quantity: [Double]]], [String: [Quantity: [Double]]]) = ([:], [:])
    for i in 0..<30 {
      old["case\(i)"] = [.cpu: Planted.times(seed: UInt64(1000 + i))]
      let factor = i == 4 ? 1.3 : 1.0
      new["case\(i)"] = [.cpu: Planted.times(seed: UInt64(2000 + i)).map { $0 * factor }]
    }
    let comparison = BenchComparison(Planted.record(old), Planted.record(new, firstPlace: 5000))
    let found = comparison.rows.filter { $0.verdict == .regression }
    #expect(found.map(\.series.name) == ["case4"])
    let row = try #require(found.first)
    #expect(abs(row.adjusted / (30 * row.series.pValue) - 1) < 1e-9)
    let mean = try #require(comparison.geometricMean(.cpu))
    #expect(mean.interval.contains(mean.estimate) && abs(mean.estimate - 1) < 0.02)
  }

  @Test func `exact counts are compared without a test`() {
    let record = { (count: Double, place: Int) in
      Planted.record(["traffic": [.callgrind: [count, count]]], firstPlace: place)
    }
    let worse = BenchComparison(record(1000, 0), record(1100, 2), quantities: [.callgrind])
    #expect(worse.rows.map(\.verdict) == [.regression])
    let equal = BenchComparison(record(1000, 0), record(1001, 2), quantities: [.callgrind])
    #expect(equal.rows.map(\.verdict) == [.equal])
  }
}
