import Benchmark
import Pipeline

/// One record in one of the formats, for a screen or another program.
enum RecordView {
  static func text(_ record: BenchRecord, _ format: ReportFormat) -> String {
    switch format {
    case .table: return table(RecordSummary(record))
    case .markdown: return RecordSummary(record).markdown
    case .json: return record.text
    case .benchfmt: return GoBenchFormat.text([("new", record)])
    case .gbench: return GoogleBenchmarkFormat.document([("new", record)]).prettyJSON
    case .bmf: return DashboardFormats.bencher(record).prettyJSON
    case .github: return DashboardFormats.gitHubAction(record).prettyJSON
    }
  }

  private static func table(_ summary: RecordSummary) -> String {
    let lines = [TextTable.render([RecordSummary.header] + summary.rows)] + summary.notes
    return lines.joined(separator: "\n") + "\n"
  }
}
