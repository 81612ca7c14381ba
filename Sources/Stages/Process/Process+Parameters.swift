public import Pipeline

extension Process {
  public struct Parameters: StageParameters {
    public var command: [String] = []
    public var files: [InputFile] = []
    public var parameters = Value.object([:])
    public var timeLimitSeconds = 3600.0
    public var memoryLimitMB = 0

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .texts("command", \.command, "The program and its arguments; a declared file may be one."),
      .files("files", \.files, "Files that the program reads, each counted by its content."),
      .value("parameters", \.parameters, "Handed to the program as JSON."),
      .number(
        "time_limit_s", \.timeLimitSeconds, 0...1e7, open: true, unit: "s",
        "Time after which the program is ended."
      ).outsideKey,
      .integer(
        "memory_limit_mb", \.memoryLimitMB, 0...100_000_000, unit: "MB",
        "Address space that the program may use; 0 for no limit."
      ).outsideKey,
    ]
  }
}
