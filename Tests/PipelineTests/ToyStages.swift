import Pipeline

/// Small stages by which the engine is tested without the real ones.
enum ToyCatalog {
  static let catalog = StageCatalog([
    StageDescription(ToySource.self, codeFingerprint: "source 1", reportFingerprint: "1"),
    StageDescription(ToySum.self, codeFingerprint: "sum 1", reportFingerprint: "1"),
    StageDescription(ToyPass.self, codeFingerprint: "pass 1", reportFingerprint: "1"),
  ])
}

enum ToyNumbers: Artifact {
  static let index = Dimension("index", "a place")
  static let number = Column<Int64>("number", index, unit: "1", "a number")
  static let weight = Column<Double>("weight", index, unit: "kg", "a weight")
  static let label = Column<String>("label", index, text: "a word")
  static let total = Column<Int64>("total", unit: "1", "sum of the numbers")
  static let schema = ArtifactSchema(
    "toy_numbers", "Numbers", [number.entry, weight.entry, label.entry, total.entry])
}

enum ToyTotal: Artifact {
  static let total = Column<Double>("total", unit: "kg", "sum of the weights")
  static let schema = ArtifactSchema("toy_total", "A total", [total.entry])
}

struct ToySource: Stage {
  enum Kind: String, CaseIterable, Sendable { case line, square }

  struct Parameters: StageParameters {
    var count = 10
    var kind = Kind.line
    var file = InputFile.none
    init() {}
    static let fields: [ParameterField<Self>] = [
      .integer("count", \.count, 0...1_000_000, "How many numbers."),
      .choice("kind", \.kind, "Which numbers."),
      .file("file", \.file, "A file that counts by its content."),
    ]
  }

  static let name = "toy_source"
  static let revision = 1
  static let summary = "makes numbers"
  static let outputs = [OutputPort.main(ToyNumbers.self)]
  let parameters: Parameters

  init(_ parameters: Parameters) throws(ParameterError) {
    if parameters.kind == .square, parameters.count % 2 == 1, parameters.count > 11 {
      throw ParameterError("count", "squares come in even numbers, \(parameters.count) is odd")
    }
    self.parameters = parameters
  }

  func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let numbers = (0..<parameters.count).map { i in
      Int64(parameters.kind == .line ? i : i * i) + Int64(context.seed % 7)
    }
    for start in stride(from: 0, to: max(1, numbers.count), by: 1000) {
      let slice = Array(numbers.dropFirst(start).prefix(1000))
      try outputs.main.append(ToyNumbers.number, slice)
      try outputs.main.append(ToyNumbers.weight, slice.map { Double($0) / 3 })
      try outputs.main.append(ToyNumbers.label, slice.map { "n\($0) é" })
    }
    try outputs.main.write(ToyNumbers.total, Int(numbers.reduce(0, +)))
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {
    section.text("The total is \(try results.main.scalar(ToyNumbers.total)).")
  }
}

struct ToySum: Stage {
  struct Parameters: StageParameters {
    init() {}
    static let fields: [ParameterField<Self>] = []
  }

  static let name = "toy_sum"
  static let revision = 1
  static let summary = "adds weights"
  static let isRandom = false
  static let source = InputSlot("source", ToyNumbers.self, "what is added")
  static let inputs = [source]
  static let outputs = [OutputPort.main(ToyTotal.self)]

  init(_ parameters: Parameters) throws(ParameterError) {}

  func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let weights = try inputs.open(Self.source).read(ToyNumbers.weight)
    try outputs.main.write(ToyTotal.total, weights.reduce(0, +))
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {}
}

/// Takes what it gives, so that a manifest can close a circle.
struct ToyPass: Stage {
  typealias Parameters = ToySum.Parameters

  static let name = "toy_pass"
  static let revision = 1
  static let summary = "hands on a total"
  static let source = InputSlot("source", ToyTotal.self, "what is handed on")
  static let inputs = [source]
  static let outputs = [OutputPort.main(ToyTotal.self)]

  init(_ parameters: Parameters) throws(ParameterError) {}

  func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    try outputs.main.write(ToyTotal.total, inputs.open(Self.source).scalar(ToyTotal.total))
  }

  static func report(_ results: StageResults, into section: inout ReportSection) throws {}
}
