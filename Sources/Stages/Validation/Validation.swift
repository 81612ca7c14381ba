import Foundation
import Kernels
public import Pipeline

/// Compares the simulation of queues with closed forms, by intervals over independent replications.
///
/// The cases come from a file of families of parameters (`ValidationCases`). Where the file has
/// exact answers of its own, the closed forms are held against them too.
public struct Validation: Stage {
  public static let name = "validation"
  public static let revision = 1
  public static let summary = "compares simulated queues with closed forms, by intervals"
  public static let outputs = [OutputPort.main(ValidationArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard parameters.cases.isGiven else {
      throw ParameterError(
        "cases", "give a JSON file of cases, as experiments/data/queue-cases.json")
    }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let cases = try ValidationCases(path: parameters.cases.path)
    var validation = QueueValidation()
    validation.replications = parameters.replications
    validation.confidence = parameters.confidence
    validation.customersMax = parameters.customersMax
    validation.threads = context.threads
    let comparisons = cases.all.reduce(0) { $0 + $1.quantities.count }
    var results: [QueueValidation.Result] = []
    for (done, one) in cases.all.enumerated() {
      try context.progress(Double(done) / Double(cases.all.count), one.name)
      results += try await validation.check(
        one, comparisons: comparisons,
        stream: RandomStream(seed: context.seed, name: "validation \(done) \(one.name)"))
    }
    try write(results, cases, to: outputs.main)
  }

  private func write(
    _ results: [QueueValidation.Result], _ cases: ValidationCases, to artifact: ArtifactWriter
  ) throws {
    typealias A = ValidationArtifact
    try artifact.write(A.caseName, results.map(\.caseName))
    try artifact.write(A.quantity, results.map(\.quantity))
    try artifact.write(A.exact, results.map(\.exact))
    try artifact.write(A.mean, results.map(\.mean))
    try artifact.write(A.halfWidth, results.map(\.halfWidth))
    try artifact.write(A.widthMax, results.map(\.relativeWidthMax))
    try artifact.write(A.customers, results.map { Int64($0.customers) })
    try artifact.write(A.verdict, results.map { $0.passes ? 0 : $0.holds ? 1 : 2 })
    try artifact.write(A.comparisonCount, results.count)
    try artifact.write(A.passCount, results.count(where: \.passes))
    try artifact.write(A.failCount, results.count { !$0.passes })
    try artifact.write(A.formulaCount, cases.formulaErrors.count)
    try artifact.write(A.formulaError, cases.formulaErrors.max() ?? 0)
  }
}
