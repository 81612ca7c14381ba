public import Pipeline

extension Microbenchmark {
  public struct Parameters: StageParameters {
    public var kernel = KernelUnderTest.philox
    public var size = 100_000

    public init() {}

    public static let fields: [ParameterField<Self>] = [
      .choice("kernel", \.kernel, "The kernel that is run."),
      .integer("size", \.size, 1...1_000_000_000, "Numbers, arcs, answers, payments or records."),
    ]
  }
}
