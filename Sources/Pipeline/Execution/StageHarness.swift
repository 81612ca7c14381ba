/// Runs one stage by itself, without engine and store: for tests and for exploring.
///
///     let files = try await StageHarness.run(Population.self, .init(), seed: 7, in: folder)
public enum StageHarness {
  /// Writes `<output>.h5` for every output into `folder`, which must exist and not hold them yet.
  ///
  /// `inputs`: slot name to file.
  /// - Returns: output name to file.
  public static func run<S: Stage>(
    _ stage: S.Type, _ parameters: S.Parameters, inputs: [String: String] = [:], seed: UInt64,
    threads: Int = 1, in folder: String
  ) async throws -> [String: String] {
    var writers: [String: ArtifactWriter] = [:]
    var paths: [String: String] = [:]
    for port in S.outputs {
      paths[port.name] = "\(folder)/\(port.name).h5"
      writers[port.name] = try ArtifactWriter(
        creating: "\(folder)/\(port.name).h5", schema: port.schema, labels: [])
    }
    try await S(parameters).run(
      StageInputs(paths: inputs), into: StageOutputs(writers: writers),
      in: StageContext(seed: seed, threads: threads))
    for port in S.outputs { try writers[port.name]?.close() }
    return paths
  }

  /// The report section that a stage makes of files written by `run`.
  public static func report<S: Stage>(
    _ stage: S.Type, _ parameters: S.Parameters, files: [String: String]
  ) throws -> ReportSection {
    var section = ReportSection()
    try S.report(StageResults(paths: files, parameters: parameters.value), into: &section)
    return section
  }
}
