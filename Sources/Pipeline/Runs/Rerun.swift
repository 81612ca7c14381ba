import Foundation

/// An exact rerun of a recorded run: from its record alone, without the store's results.
///
///     let rerun = try Rerun(of: record, catalog: catalog, engine: engine)
///     let lines = await rerun.run(in: scratch)
public struct Rerun: Sendable {
  public struct Line: Sendable, Equatable {
    public enum Verdict: String, Sendable {
      case equal, different, missing
    }

    public let file: String
    public let dataset: String
    public let verdict: Verdict
    public let detail: String
  }

  private let record: RunRecord
  private let plan: Plan

  /// - Throws: a `DataError` that names what the record needs and this machine lacks.
  public init(
    of record: RunRecord, catalog: StageCatalog, files: any FileSystem = LocalFileSystem()
  ) throws(DataError) {
    self.record = record
    var steps: [PlannedStep] = []
    for step in record.steps {
      steps.append(try Self.planned(step, steps, catalog, files))
    }
    plan = Plan(manifest: Manifest(rerunOf: record), steps: steps)
  }

  private static func planned(
    _ step: RunRecord.Step, _ earlier: [PlannedStep], _ catalog: StageCatalog,
    _ files: any FileSystem
  ) throws(DataError) -> PlannedStep {
    guard let stage = catalog[step.stage] else {
      throw DataError(
        "step \(step.name)", expected: "the stage '\(step.stage)' in this program", found: "none")
    }
    for (parameter, digest) in step.files.sorted(by: { $0.key < $1.key }) {
      try check(step, parameter, digest, files)
    }
    var inputs: [PlannedStep.Input] = []
    for input in step.inputs {
      guard let producer = earlier.firstIndex(where: { $0.name == input.step }) else {
        throw DataError("step \(step.name)", expected: "the step '\(input.step)'", found: "none")
      }
      inputs.append(.init(slot: input.slot, producer: producer, output: input.output))
    }
    return PlannedStep(
      name: step.name, stage: stage, parameters: stage.parameters.coerce(step.parameters),
      files: step.files,
      seed: UInt64(step.seed) ?? 0, inputs: inputs)
  }

  /// The file must still hold what it held; where it does not, its digest tells what to look for.
  private static func check(
    _ step: RunRecord.Step, _ parameter: String, _ digest: Digest, _ files: any FileSystem
  ) throws(DataError) {
    let path = step.parameters[parameter]?.text ?? ""
    let found = (try? files.digest(ofFile: path))
    guard found != digest else { return }
    throw DataError(
      (path as NSString).lastPathComponent, at: "'\(parameter)' of step \(step.name)",
      expected: "the file with SHA-256 \(digest.hex)",
      found: found.map { "SHA-256 \($0.hex)" } ?? "no file at \(path)")
  }

  /// Executes every step in `scratch` and compares each dataset with the record.
  public func run(
    in scratch: String, catalog: StageCatalog, libraries: [String: String], executable: String,
    options: Engine.Options, events: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async -> (lines: [Line], failures: [StepResult]) {
    let engine = Engine(
      catalog: catalog, libraries: libraries, store: ArtifactStore(root: scratch + "/store"),
      executable: executable)
    let folder = RunFolder(path: scratch + "/run")
    let results = await engine.run(plan, in: folder, options: options, events: events)
    let lines = zip(record.steps, results).flatMap { old, new in compare(old, new) }
    return (lines, results.filter { $0.status == .failed })
  }

  private func compare(_ old: RunRecord.Step, _ new: StepResult) -> [Line] {
    old.artifacts.flatMap { artifact -> [Line] in
      let found = new.seal?.output(artifact.output)?.content.datasets ?? []
      return artifact.datasets.map { dataset in
        guard let other = found.first(where: { $0.name == dataset.name }) else {
          return Line(file: artifact.file, dataset: dataset.name, verdict: .missing, detail: "")
        }
        let isEqual = other == dataset
        return Line(
          file: artifact.file, dataset: dataset.name, verdict: isEqual ? .equal : .different,
          detail: isEqual ? "" : "\(dataset.values.short) -> \(other.values.short)")
      }
    }
  }
}

extension Manifest {
  /// What is left of a manifest in a record: enough to name the run.
  init(rerunOf record: RunRecord) {
    self.init(
      path: record.manifest,
      experiment: Experiment(
        name: record.experiment, title: record.title, question: "", authors: [], license: "",
        seed: record.seed),
      bindings: ParameterBindings(), folders: .init(manifest: "/", working: "/"), steps: [],
      metrics: [], claims: [], notebook: [:], jobs: nil)
  }
}
