import Pipeline

/// Writes numbers beside a computation or before it, as a whole and in batches.
struct MeanwhileStage: Stage {
  enum Fault: String, CaseIterable, Sendable { case none, computing, producing, writing }

  struct Failure: Error, Equatable { let fault: Fault }

  struct Parameters: StageParameters {
    var count = 10
    var fault = Fault.none
    init() {}
    static let fields: [ParameterField<Self>] = [
      .integer("count", \.count, 0...1_000_000, "How many numbers."),
      .choice("fault", \.fault, "What fails."),
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
    let isConcurrent = context.threads > 1
    let total = try outputs.writing(isConcurrent: isConcurrent) { (numbers: [Int64], outputs) in
      try outputs.main.write(ToyNumbers.number, numbers)
      try outputs.main.write(ToyNumbers.label, numbers.map { "n\($0)" })
    } while: { handOver in
      try handOver(numbers)
      try fail(.computing)
      return numbers.reduce(0, +)
    }
    try outputs.writing(isConcurrent: isConcurrent) { (batch: [Int64], outputs) in
      if batch.contains(2000) { try fail(.writing) }
      try outputs.main.append(ToyNumbers.weight, batch.map { Double($0) / 3 })
    } while: { handOver in
      for start in stride(from: 0, to: max(1, numbers.count), by: 1000) {
        if start == 5000 { try fail(.producing) }
        try handOver(Array(numbers.dropFirst(start).prefix(1000)))
      }
    }
    try outputs.main.write(ToyNumbers.total, Int(total))
  }

  private func fail(_ fault: Fault) throws {
    if parameters.fault == fault { throw Failure(fault: fault) }
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {}
}
