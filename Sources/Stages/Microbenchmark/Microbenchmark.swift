import Kernels
public import Pipeline

/// Runs one kernel on input that is drawn for it, so that `bench` measures the kernel and no stage.
///
/// The result is a number that depends on all of the kernel's work: two programs that do the same
/// work agree on it, and `compare` refuses two that do not.
public struct Microbenchmark: Stage {
  public static let name = "microbenchmark"
  public static let revision = 1
  public static let summary = "runs one kernel on drawn input; measures the kernel, not a stage"
  public static let outputs = [OutputPort.main(MicrobenchmarkArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let workload = Workload(size: parameters.size, seed: context.seed)
    let result = try parameters.kernel.work(workload)
    try context.progress(0.9, parameters.kernel.rawValue)
    try outputs.main.write(MicrobenchmarkArtifact.kernel, parameters.kernel.rawValue)
    try outputs.main.write(MicrobenchmarkArtifact.size, parameters.size)
    try outputs.main.write(MicrobenchmarkArtifact.result, result)
  }
}
