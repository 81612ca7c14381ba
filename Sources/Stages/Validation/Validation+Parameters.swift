public import Pipeline

extension Validation {
  public struct Parameters: StageParameters {
    public var cases = InputFile.none
    public var replications = 64
    public var confidence = 0.999
    public var customersMax = 1 << 25

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .file("cases", \.cases, "JSON file of cases, by family."),
      .integer("replications", \.replications, 20...10_000, "Independent runs of a case."),
      .number(
        "confidence", \.confidence, 0.5...0.999999, unit: "1",
        "With which all intervals hold together."),
      .integer(
        "customers_max", \.customersMax, 1000...1_000_000_000,
        "Messages of a run beyond which it is not lengthened."),
    ]
  }
}
