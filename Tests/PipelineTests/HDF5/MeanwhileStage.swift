import Pipeline

/// Writes numbers beside a computation, or before it.
struct MeanwhileStage: Stage {
  struct Parameters: StageParameters {
    var count = 10
    var isConcurrent = true
    var fails = false
    init() {}
    static let fields: [ParameterField<Self>] = [
      .integer("count", \.count, 0...1_000_000, "How many numbers."),
      .flag("is_concurrent", \.isConcurrent, "Whether they are written meanwhile."),
      .flag("fails", \.fails, "Whether the computation fails."),
    ]
  }

  static let name = "toy_meanwhile"
  static let revision = 1
  static let summary = "makes numbers in two threads"
  static let outputs = [OutputPort.main(ToyNumbers.self)]
  let parameters: Parameters

  init(_ parameters: Parameters) throws(ParameterError) { self.parameters = parameters }

  func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let numbers = (0..<parameters.count).map { Int64($0) }
    let write = { @Sendable (artifact: ArtifactWriter) in
      try artifact.write(ToyNumbers.number, numbers)
      try artifact.write(ToyNumbers.label, numbers.map { "n\($0)" })
    }
    let total = try await outputs.main.write(write, isConcurrent: parameters.isConcurrent) {
      if parameters.fails { throw CancellationError() }
      return numbers.reduce(0, +)
    }
    try outputs.main.write(ToyNumbers.weight, numbers.map { Double($0) / 3 })
    try outputs.main.write(ToyNumbers.total, Int(total))
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {}
}
