extension StageHarness {
  /// Runs a stage of a catalog into `folder`, without engine, store, seal or flush to the disk.
  ///
  /// `parameters` are fully explicit, with absolute paths of files; `inputs`: slot name to file.
  /// - Returns: what each output holds, by the output's name.
  public static func run(
    _ stage: StageDescription, parameters: Value, inputs: [String: String], seed: UInt64,
    threads: Int, in folder: String
  ) async throws -> [String: ArtifactContent] {
    var writers: [String: ArtifactWriter] = [:]
    for port in stage.outputs {
      writers[port.name] = try ArtifactWriter(
        creating: "\(folder)/\(port.name).h5", schema: port.schema, labels: [])
    }
    try await stage.run(
      parameters, StageInputs(paths: inputs), StageOutputs(writers: writers),
      StageContext(seed: seed, threads: threads))
    var contents: [String: ArtifactContent] = [:]
    for port in stage.outputs { contents[port.name] = try writers[port.name]?.close() }
    return contents
  }
}
