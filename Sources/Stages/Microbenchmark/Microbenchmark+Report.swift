public import Pipeline

extension Microbenchmark {
  public static func report(_ results: StageResults, into section: inout ReportSection) throws {
    let kernel = try results.main.scalar(MicrobenchmarkArtifact.kernel)
    let size = try results.main.scalar(MicrobenchmarkArtifact.size)
    let result = try results.main.scalar(MicrobenchmarkArtifact.result)
    section.text("The kernel `\(kernel)` at size \(size) gave \(Format.number(result)).")
  }
}
