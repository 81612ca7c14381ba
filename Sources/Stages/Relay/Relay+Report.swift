public import Pipeline

extension Relay {
  public static func report(_ results: StageResults, into section: inout ReportSection) throws {
    let rows = try results.main.shape(of: RelayArtifact.value).first ?? 0
    let total = try results.main.scalar(RelayArtifact.total)
    section.text("\(rows) rows with the sum \(Format.number(total)).")
  }
}
