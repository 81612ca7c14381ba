public import Pipeline

/// What a kernel gave for drawn input.
public enum MicrobenchmarkArtifact: Artifact {
  static let kernel = Column<String>("kernel", text: "name of the kernel")
  static let size = Column<Int64>("size", unit: "1", "numbers, arcs, answers, payments or records")
  static let result = Column<Double>("result", unit: "1", "a number that depends on all the work")

  public static let schema = ArtifactSchema(
    "microbenchmark", "The result of a kernel on drawn input",
    [kernel.entry, size.entry, result.entry])
}
