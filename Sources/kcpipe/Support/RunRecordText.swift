import Foundation
import Pipeline

/// The last lines of a run.
enum RunRecordText {
  static func conclusion(_ summary: RunSession.Summary, _ folder: String, isSweep: Bool) -> String {
    var lines = [""]
    let metrics = isSweep ? [] : summary.metrics.rows()
    if !metrics.isEmpty {
      let rows = metrics.map { ["  " + $0.metric.name, Format.number($0.value), $0.unit] }
      lines += [TextTable.render(rows), ""]
    }
    lines += claims(summary.claims)
    lines += summary.remarks.map { Console.coloured("note: ", .yellow) + $0 }
    lines.append(tally(summary))
    for report in summary.reports.prefix(reportsMax) {
      lines.append("report: \(shortened(folder))/\(report)")
    }
    return lines.joined(separator: "\n")
  }

  private static let reportsMax = 5
  private static let failuresMax = 5

  /// A line per claim; of a claim that is judged in every case, its failures and how many there are.
  private static func claims(_ claims: [RunRecord.ClaimResult]) -> [String] {
    var texts: [String] = []
    for claim in claims where texts.last != claim.text && !texts.contains(claim.text) {
      texts.append(claim.text)
    }
    return texts.flatMap { text -> [String] in
      let all = claims.filter { $0.text == text }
      let broken = all.filter { !$0.holds }
      let count = all.count > 1 ? "  (\(all.count - broken.count) of \(all.count) cases)" : ""
      if broken.isEmpty { return [Console.coloured("holds ", .green) + text + count] }
      let more =
        broken.count > failuresMax ? ["      … and \(broken.count - failuresMax) more"] : []
      return broken.prefix(failuresMax).map { line($0) + count } + more
    }
  }

  static func failure(_ result: StepResult) -> String {
    "\(result.label): \(result.failure?.message ?? "failed")"
  }

  private static func line(_ claim: RunRecord.ClaimResult) -> String {
    let values = [claim.left, claim.right].map { $0.map(Format.number) ?? "no value" }
    let place = claim.case.isEmpty ? "" : " in \(claim.case)"
    return Console.coloured("fails ", .red) + claim.text + place
      + "  (\(values[0]) against \(values[1]))"
  }

  private static func tally(_ summary: RunSession.Summary) -> String {
    let order: [StepResult.Status] = [.executed, .restored, .cached, .failed, .skipped]
    let counts = order.compactMap { status -> String? in
      let count = summary.results.count { $0.status == status }
      return count == 0 ? nil : "\(count) \(status.rawValue)"
    }
    return "\(summary.results.count) steps: \(counts.joined(separator: ", ")) in "
      + Format.seconds(summary.wallSeconds)
  }

  /// Relative to the working directory where that is shorter.
  private static func shortened(_ path: String) -> String {
    let here = FileManager.default.currentDirectoryPath + "/"
    return path.hasPrefix(here) ? String(path.dropFirst(here.count)) : path
  }
}
