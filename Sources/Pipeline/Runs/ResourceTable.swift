/// `resources.md`: what the run took, step by step; wall times stand here and not in the report.
struct ResourceTable {
  let record: RunRecord

  init(_ record: RunRecord) {
    self.record = record
  }

  var markdown: String {
    let rows = record.steps.map { step in
      let r = step.resources
      return [
        step.name, step.status.rawValue, r.map { Format.seconds($0.wallSeconds) } ?? "–",
        r.map { Format.seconds($0.cpuSeconds) } ?? "–", r.map { Format.bytes($0.peakBytes) } ?? "–",
        r.map { Format.bytes($0.bytesRead) } ?? "–", r.map { Format.bytes($0.bytesWritten) } ?? "–",
      ]
    }
    let libraries = record.build.libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
    return """
      # Resources of \(record.id)

      Started \(record.startedAt), \(Format.seconds(record.wallSeconds)) in all, \
      outcome: \(record.outcome). For steps that were not executed the figures are those of the \
      execution that made the result.

      \(Markdown.table(["step", "status", "wall", "CPU", "peak memory", "read", "written"], rows))

      Program \(record.build.program), build \(record.build.build); \
      \(libraries.joined(separator: ", ")); \(record.build.system), \(record.build.cores) cores.

      """
  }
}
