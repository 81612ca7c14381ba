/// A section of the report: prose, tables and figures in the order in which they are added.
///
///     section.text("Half of the requests waited.")
///     section.table(["route", "requests"], rows)
///     section.figure(Figure("waits", title: "Waiting time", ...))
public struct ReportSection: Sendable {
  enum Block: Sendable {
    case text(String)
    case table(Table)
    case figure(Figure)
  }

  struct Table: Sendable {
    let headers: [String]
    let rows: [[String]]
  }

  private(set) var blocks: [Block] = []

  public init() {}

  /// Adds a paragraph of markdown.
  public mutating func text(_ markdown: String) {
    blocks.append(.text(markdown))
  }

  /// Adds a table; columns that hold numbers only are aligned to the right.
  public mutating func table(_ headers: [String], _ rows: [[String]]) {
    precondition(rows.allSatisfy { $0.count == headers.count }, "a row of another length")
    blocks.append(.table(Table(headers: headers, rows: rows)))
  }

  /// Adds a figure; its name is unique within the section.
  public mutating func figure(_ figure: Figure) {
    blocks.append(.figure(figure))
  }

  var figures: [Figure] {
    blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
