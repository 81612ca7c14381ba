/// `resources.md`: what the run took, step by step; wall times stand here and not in the report.
struct ResourceTable {
  let plan: Plan
  let results: [StepResult]
  let started: Timestamp
  let wallSeconds: Double
  let outcome: String
  let facts: BuildFacts

  /// Longer plans get a line per step of the manifest instead of one per case.
  private static let rowsMax = 200

  var markdown: String {
    let libraries = facts.libraries.sorted { $0.key < $1.key }.map { "\($0) \($1)" }
    return """
      # Resources of \(plan.manifest.experiment.name)

      Started \(started.iso8601), \(Format.seconds(wallSeconds)) in all, of which the engine itself \
      computed \(Format.seconds(ResourceMeter.cpuSeconds())); outcome: \(outcome). For steps that \
      were not executed the figures are those of the execution that made the result.

      \(results.count > Self.rowsMax ? byStep() : stepByStep())

      \(facts.program), build \(facts.build.prefix(12)), \(facts.system), \(facts.cores) cores; \
      \(libraries.joined(separator: ", ")).

      """
  }

  private func stepByStep() -> String {
    let rows = results.map { result in
      [result.label, result.status.rawValue] + Self.cells(result.resources.map { [$0] } ?? [])
    }
    return Markdown.table(
      ["step", "status", "wall", "CPU", "peak memory", "read", "written"], rows)
  }

  private func byStep() -> String {
    let rows = plan.stepNames.map { name -> [String] in
      let mine = zip(plan.steps, results).filter { $0.0.name == name }.map(\.1)
      let executed = mine.count { $0.status == .executed }
      return [name, String(mine.count), String(executed)] + Self.cells(mine.compactMap(\.resources))
    }
    return Markdown.table(
      ["step", "times", "executed", "wall", "CPU", "peak memory", "read", "written"], rows)
  }

  /// Sums, and the largest peak.
  private static func cells(_ all: [StepResources]) -> [String] {
    guard !all.isEmpty else { return ["–", "–", "–", "–", "–"] }
    return [
      Format.seconds(all.reduce(0) { $0 + $1.wallSeconds }),
      Format.seconds(all.reduce(0) { $0 + $1.cpuSeconds }),
      Format.bytes(all.map(\.peakBytes).max() ?? 0),
      Format.bytes(all.reduce(0) { $0 + $1.bytesRead }),
      Format.bytes(all.reduce(0) { $0 + $1.bytesWritten }),
    ]
  }
}
