extension StageHarness {
  /// Runs a stage of a catalog into `folder`, without engine, store, seal, reading back or flush to
  /// the disk.
  ///
  /// `parameters` are fully explicit, with absolute paths of files; `inputs`: slot name to file.
  /// - Returns: output name to a checksum of all that was written to it, which two runs share if and
  ///   (but for a chance of 2^-64) only if their results are the same.
  public static func run(
    _ stage: StageDescription, parameters: Value, inputs: [String: String], seed: UInt64,
    threads: Int, in folder: String
  ) async throws -> [String: UInt64] {
    var writers: [String: ArtifactWriter] = [:]
    for port in stage.outputs {
      writers[port.name] = try ArtifactWriter(
        creating: "\(folder)/\(port.name).h5", schema: port.schema, labels: [])
    }
    try await stage.run(
      parameters, StageInputs(paths: inputs), StageOutputs(writers: writers),
      StageContext(seed: seed, threads: threads))
    return try writers.mapValues { try DatasetChecksum.combined($0.close()) }
  }

  /// What each output that `run` left in `folder` holds, by the output's name.
  public static func contents(
    of stage: StageDescription, in folder: String
  ) throws -> [String: ArtifactContent] {
    var contents: [String: ArtifactContent] = [:]
    for port in stage.outputs {
      let reader = try ArtifactReader(opening: "\(folder)/\(port.name).h5")
      contents[port.name] = try reader.content(of: port.schema).content
    }
    return contents
  }
}
