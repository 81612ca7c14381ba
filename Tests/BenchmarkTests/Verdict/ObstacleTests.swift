import Benchmark
import Testing

@Suite("Records that cannot be compared")
struct ObstacleTests {
  private let times = Planted.times(seed: 1)
  private var base: BenchRecord {
    Planted.record(["ledger": [.cpu: times], "traffic": [.cpu: times]])
  }

  @Test func `a missing case is refused`() {
    let new = Planted.record(["traffic": [.cpu: times]], firstPlace: 100)
    let comparison = BenchComparison(base, new)
    #expect(comparison.obstacles.map(\.sentence) == ["ledger: missing in the new record"])
    #expect(Planted.outcome(comparison) == .notComparable)
    #expect(Planted.outcome(comparison, failOn: .never) == .notComparable)
  }

  @Test func `a further case is mentioned and hinders nothing`() {
    let new = Planted.record(
      ["ledger": [.cpu: times], "traffic": [.cpu: times], "trading": [.cpu: times]],
      firstPlace: 100)
    let comparison = BenchComparison(base, new)
    #expect(Planted.outcome(comparison) == .fine)
    #expect(comparison.remarks.contains("only in the new record: trading"))
  }

  @Test func `a changed result is refused, however fast`() {
    let faster = times.map { $0 / 2 }
    let new = Planted.record(
      ["ledger": [.cpu: times], "traffic": [.cpu: faster]], results: ["traffic": "other"],
      firstPlace: 100)
    let comparison = BenchComparison(base, new)
    #expect(comparison.obstacles.map(\.kind) == [.otherResult(outputs: ["main"])])
    #expect(comparison.rows.map(\.series.name) == ["ledger"])
    #expect(Planted.outcome(comparison) == .notComparable)
  }

  @Test func `other parameters or inputs are other work`() {
    let new = Planted.record(
      ["ledger": [.cpu: times], "traffic": [.cpu: times]], work: ["ledger": "more clients"],
      firstPlace: 100)
    #expect(BenchComparison(base, new).obstacles.map(\.kind) == [.otherWork])
  }

  @Test func `another machine is mentioned, or refused on demand`() {
    let machine = MachineFacts(
      processor: "Example 9000", cores: 8, architecture: "x86_64", memoryBytes: 8 << 30 + 4096,
      system: "Linux", kernel: "6.1.0")
    let new = Planted.record(
      ["ledger": [.cpu: times], "traffic": [.cpu: times]], machine: machine, firstPlace: 100)
    let comparison = BenchComparison(base, new)
    #expect(comparison.machineDifferences == ["cores: 2 -> 8"])
    #expect(Planted.outcome(comparison) == .fine)
    #expect(Planted.outcome(comparison, strictEnv: true) == .notComparable)
  }

  @Test func `a metric within its tolerance passes, outside it fails`() {
    let record = { (value: Double, place: Int) in
      Planted.record(
        ["traffic": [.cpu: times]], metrics: [Planted.metric(value, relative: 0.01)],
        firstPlace: place)
    }
    let close = BenchComparison(record(0.9, 0), record(0.905, 100))
    #expect(close.metrics.map(\.isWithin) == [true] && Planted.outcome(close) == .fine)
    let far = BenchComparison(record(0.9, 0), record(0.8, 100))
    #expect(far.metrics.map(\.isWithin) == [false])
    #expect(Planted.outcome(far) == .metricOutsideTolerance)
    #expect(Planted.outcome(far, failOn: .never) == .fine)
  }

  @Test func `a metric that is gone is outside its tolerance`() {
    let old = Planted.record(["traffic": [.cpu: times]], metrics: [Planted.metric(0.9)])
    let new = Planted.record(["traffic": [.cpu: times]], firstPlace: 100)
    #expect(Planted.outcome(BenchComparison(old, new)) == .metricOutsideTolerance)
  }

  @Test func `a quantity that neither has is said to be missing, and nothing compared`() {
    let comparison = BenchComparison(base, base, quantities: [.instructions])
    #expect(comparison.rows.isEmpty && Planted.outcome(comparison) == .notComparable)
    #expect(comparison.remarks.contains("instructions: not available"))
  }

  @Test func `samples measured one after the other are mentioned`() {
    let record = { (place: Int) in Planted.record(["traffic": [.cpu: times]], firstPlace: place) }
    let inTurn = BenchComparison(record(0), record(20))
    #expect(!inTurn.remarks.contains { $0.contains("one after the other") })
    let apart = BenchComparison(record(0), record(0))
    #expect(apart.remarks.contains { $0.contains("one after the other") })
  }
}
