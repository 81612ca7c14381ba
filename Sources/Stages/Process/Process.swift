import Foundation
public import Pipeline

/// Runs a program of the user's as a stage: say, an analysis in Python.
///
///     analysis:
///       uses: process
///       in: {events: traffic}
///       with:
///         command: [python3, analysis.py]
///         files: [analysis.py]
///         parameters: {bins: 20}
///
/// The program gets one more argument, the path of a JSON file:
/// `{"inputs": {"events": "/.../main.h5"}, "parameters": {...}, "seed": "...", "output": "/.../main.h5"}`.
/// It writes its datasets to `output` as HDF5. Command line, files by content, parameters, seed and
/// inputs make the key; the file is checked, sealed and cached like that of any other stage.
public struct Process: Stage {
  public static let name = "process"
  public static let revision = 1
  public static let summary = "runs a program of yours on upstream artifacts"
  public static let takesAnyInput = true
  public static let outputs = [OutputPort.foreign]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard !parameters.command.isEmpty else {
      throw ParameterError("command", "give the program and its arguments, as [python3, a.py]")
    }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let output = outputs.foreignPath
    let folder = (output as NSString).deletingLastPathComponent + "/work"
    let files = LocalFileSystem()
    try files.makeFolder(folder)
    try files.makeFolder((context.outputLog as NSString).deletingLastPathComponent)
    let job = job(inputs, output, context)
    try files.replace(folder + "/job.json", with: Data(job.prettyJSON.utf8), isDurable: false)
    let program = UserProgram(
      command: command() + [folder + "/job.json"], folder: folder, log: context.outputLog,
      secondsMax: parameters.timeLimitSeconds, bytesMax: parameters.memoryLimitMB * 1_000_000)
    try await program.run()
    try files.remove(folder)
    guard let status = files.status(of: output), !status.isFolder else {
      throw StepFailure(
        .stage,
        "the program ended well but wrote no file; it must write HDF5 to the path that the JSON file "
          + "names as `output`")
    }
    try refuseForeign(output)
  }

  private func job(_ inputs: StageInputs, _ output: String, _ context: StageContext) -> Value {
    .object([
      "inputs": .object(inputs.paths.mapValues(Value.string)), "output": .string(output),
      "parameters": parameters.parameters, "seed": .string(String(context.seed)),
      "threads": .int(Int64(context.threads)),
    ])
  }

  /// The command line, in which a declared file may stand as it was written in the manifest.
  private func command() -> [String] {
    parameters.command.map { word in
      parameters.files.map(\.path).first { $0 == word || $0.hasSuffix("/" + word) } ?? word
    }
  }

  private func refuseForeign(_ output: String) throws {
    do throws(DataError) {
      _ = try ArtifactReader(opening: output).outlines()
    } catch {
      throw StepFailure(.stage, "what the program wrote cannot be used: \(error)")
    }
  }
}
