import Benchmark
import Foundation
import Pipeline
import Testing

@Suite("Formats")
struct FormatTests {
  private let base = Planted.record(
    [
      "ledger": [.wall: [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], .cpu: [0.25, 0.25, 0.5, 0.5, 0.5, 1]],
      "traffic": [.wall: [1, 1, 2, 2, 3, 3], .cpu: [1, 1, 2, 2, 3, 3]],
    ], metrics: [Planted.metric(0.9)])
  private let new = Planted.record(
    [
      "ledger": [.wall: [1, 1, 1, 1, 1, 1], .cpu: [1, 1, 1, 1, 1, 1]],
      "traffic": [.wall: [1, 1, 2, 2, 3, 3], .cpu: [1, 1, 2, 2, 3, 3]],
    ], metrics: [Planted.metric(0.9)], firstPlace: 100)

  private var arms: [(name: String, record: BenchRecord)] { [("base", base), ("new", new)] }

  @Test func `benchfmt has a line per sample under its arm`() {
    let lines = GoBenchFormat.text(arms).split(separator: "\n").map(String.init)
    #expect(lines.contains("arm: base") && lines.contains("arm: new"))
    #expect(lines.contains("BenchmarkLedger 1 0.25 cpu-sec/op 0.5 sec/op"))
    #expect(lines.count { $0.hasPrefix("Benchmark") } == 24)
  }

  /// The grammar of golang.org/design/14313: `key: value` lines with a lower-case key, and results
  /// `Benchmark<Name> <iterations> <value> <unit> [<value> <unit>]...`.
  @Test func `every line of benchfmt fits its grammar`() {
    let setting = /[a-z][^A-Z\s]*: .+/
    let result = /Benchmark[^a-z\s]\S* [1-9][0-9]*( [-+0-9.e]+ \S+)+/
    for line in GoBenchFormat.text(arms).split(separator: "\n") {
      #expect(line.wholeMatch(of: setting) != nil || line.wholeMatch(of: result) != nil, "\(line)")
    }
  }

  @Test func `Google's JSON has an entry per repetition, and arms before the names`() {
    let one = GoogleBenchmarkFormat.document([("new", new)])
    #expect(one["benchmarks"]?.items.count == 14)
    #expect(one["benchmarks"]?.items.first?["name"] == "ledger")
    #expect(one["benchmarks"]?.items.first?["real_time"] == .real(1000))
    let both = GoogleBenchmarkFormat.document(arms)
    #expect(both["benchmarks"]?.items.last?["name"] == "new/traffic_median")
    #expect(both["benchmarks"]?.items.dropLast().last?["repetition_index"] == 5)
  }

  @Test func `Bencher's document has bounds and latency in nanoseconds`() {
    let document = DashboardFormats.bencher(new)
    #expect(document["ledger"]?["latency"]?["value"] == .real(1e9))
    #expect(document["traffic"]?["cpu"]?["lower_value"] == .real(1))
    #expect(document["traffic"]?["cpu"]?["upper_value"] == .real(3))
  }

  @Test func `the list for GitHub's action has a row per case and quantity`() {
    let rows = DashboardFormats.gitHubAction(new).items
    #expect(
      rows.compactMap { $0["name"]?.text } == [
        "ledger cpu", "ledger wall", "traffic cpu", "traffic wall",
      ])
    #expect(rows.last?["value"] == .real(2) && rows.last?["range"] == "± 50 %")
  }

  @Test func `the table has cases, their mean and the metrics`() {
    let text = ComparisonText(BenchComparison(base, new))
    #expect(text.rows.map { $0[0] } == ["ledger", "traffic", "geometric mean", ""])
    #expect(text.rows[0][4].hasPrefix("+100 % [") && text.rows[2][4].hasPrefix("+41.4 % ["))
    #expect(text.rows[3] == ["", "auc", "0.9", "0.9", "none", "", "within tolerance"])
    #expect(text.rows.allSatisfy { $0.count == ComparisonText.header.count })
  }

  @Test func `markdown is a table with the rule below it`() {
    let markdown = ComparisonText(BenchComparison(base, new)).markdown
    #expect(markdown.hasPrefix("### Benchmark: planted\n\n| case | metric |"))
    #expect(markdown.contains("threshold 5 %, alpha 0.01"))
  }

  @Test func `the JSON document holds every number of the comparison`() throws {
    let comparison = BenchComparison(base, new)
    let document = ComparisonDocument.make(comparison, .fine)
    let read = try JSONDecoder().decode(Value.self, from: Data(document.prettyJSON.utf8))
    let row = try #require(read["rows"]?.items.first)
    #expect(row["case"] == "ledger" && row["ratio"]?.number == 2)
    #expect(row["p_adjusted"]?.number == comparison.rows[0].adjusted)
    let mean = try #require(read["geometric_means"]?["cpu"]?["ratio"]?.number)
    #expect(abs(mean - 2.0.squareRoot()) < 1e-12)
  }
}
