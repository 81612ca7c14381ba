/// Markdown fragments, safe for GitHub's dialect.
package enum Markdown {
  package static func table(_ headers: [String], _ rows: [[String]]) -> String {
    let isNumeric = headers.indices.map { column in
      !rows.isEmpty && rows.allSatisfy { isNumber($0[column]) }
    }
    let rule = isNumeric.map { $0 ? "---:" : "---" }
    return ([line(headers), line(rule)] + rows.map(line)).joined(separator: "\n")
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.map(escape).joined(separator: " | ") + " |"
  }

  private static func escape(_ cell: String) -> String {
    cell.replacing("|", with: "\\|").replacing("\n", with: " ")
  }

  private static func isNumber(_ cell: String) -> Bool {
    let digits = cell.unicodeScalars.filter { ("0"..."9").contains($0) }
    let others = cell.unicodeScalars.filter { !"0123456789.,+-−–e ×%∞".unicodeScalars.contains($0) }
    return others.isEmpty && (!digits.isEmpty || cell == "–")
  }
}
