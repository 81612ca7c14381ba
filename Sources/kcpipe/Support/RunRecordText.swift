import Foundation
import Pipeline

/// The last lines of a run.
enum RunRecordText {
  static func json(_ record: RunRecord) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(record), as: UTF8.self) + "\n"
  }

  static func conclusion(_ summary: RunSession.Summary, _ folder: String) -> String {
    var lines = [""]
    if !summary.metrics.rows.isEmpty {
      let rows = summary.metrics.rows.map {
        ["  " + $0.metric.name, Format.number($0.value), $0.unit]
      }
      lines += [TextTable.render(rows), ""]
    }
    for claim in summary.record.claims { lines.append(line(claim)) }
    lines += summary.remarks.map { Console.coloured("note: ", .yellow) + $0 }
    lines.append(tally(summary))
    if summary.record.report != nil { lines.append("report: \(shortened(folder))/report.md") }
    return lines.joined(separator: "\n")
  }

  static func failure(_ result: StepResult) -> String {
    "\(result.step): \(result.failure?.message ?? "failed")"
  }

  private static func line(_ claim: RunRecord.ClaimResult) -> String {
    guard !claim.holds else { return Console.coloured("holds ", .green) + claim.text }
    let values = [claim.left, claim.right].map { $0.map(Format.number) ?? "no value" }
    return Console.coloured("fails ", .red) + claim.text + "  (\(values[0]) against \(values[1]))"
  }

  private static func tally(_ summary: RunSession.Summary) -> String {
    let order: [StepResult.Status] = [.executed, .restored, .cached, .failed, .skipped]
    let counts = order.compactMap { status -> String? in
      let count = summary.results.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status.rawValue)"
    }
    return "\(summary.results.count) steps: \(counts.joined(separator: ", ")) in "
      + Format.seconds(summary.record.wallSeconds)
  }

  /// Relative to the working directory where that is shorter.
  private static func shortened(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
