public import Pipeline

extension Process {
  public static func report(_ results: StageResults, into section: inout ReportSection) throws {
    let main = try results.main
    let rows = try main.outlines().map { outline in
      [
        "`\(outline.name)`", outline.type.rawValue,
        outline.shape.isEmpty
          ? "scalar" : outline.shape.map(String.init).joined(separator: " × "),
        outline.shape.isEmpty && outline.type == .float64
          ? Format.number(try main.read(outline.name, as: Double.self).first ?? .nan) : "",
      ]
    }
    let command = results.parameters["command"]?.items.compactMap(\.text) ?? []
    section.text("The program `\(command.joined(separator: " "))` wrote:")
    section.table(["dataset", "type", "shape", "value"], rows)
  }
}
