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
    for i in record.steps.indices { steps.append(try Self.planned(i, of: record, catalog, files)) }
    let cases = record.cases.map { one in
      PlannedCase(
        name: one.name,
        coordinates: one.coordinates.members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) },
        replicate: one.replicate, steps: one.steps)
    }
    plan = Plan(
      manifest: Manifest(rerunOf: record), steps: steps, cases: cases,
      stepNames: record.steps.map(\.name).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    )
  }

  private static func planned(
    _ i: Int, of record: RunRecord, _ catalog: StageCatalog, _ files: any FileSystem
  ) throws(DataError) -> PlannedStep {
    let step = record.steps[i]
    guard let stage = catalog[step.stage] else {
      throw DataError(
        "step \(step.label)", expected: "the stage '\(step.stage)' in this program", found: "none")
    }
    for (path, digest) in step.files.sorted(by: { $0.key < $1.key }) {
      try check(step, path, digest, files)
    }
    for input in step.inputs where input.producer >= i || input.producer < 0 {
      throw DataError(
        "step \(step.label)", expected: "an input from an earlier step",
        found: "step \(input.producer)")
    }
    let isOnceForAll = step.case == RunRecord.onceForAll
    return PlannedStep(
      name: step.name, caseName: isOnceForAll ? "" : step.case, stage: stage,
      parameters: stage.parameters.coerce(step.parameters), files: step.files,
      seed: step.seed.flatMap { UInt64($0) } ?? 0,
      inputs: step.inputs.map {
        .init(slot: $0.slot, producer: $0.producer, output: $0.output)
      }, retries: 0, cases: record.cases.indices.filter { record.cases[$0].steps.contains(i) },
      isOnceForAll: isOnceForAll)
  }

  /// The file must still hold what it held; where it does not, its digest tells what to look for.
  private static func check(
    _ step: RunRecord.Step, _ path: String, _ digest: Digest, _ files: any FileSystem
  ) throws(DataError) {
    let found = (try? files.digest(ofFile: path))
    guard found != digest else { return }
    throw DataError(
      (path as NSString).lastPathComponent, at: "a file of step \(step.label)",
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
    let lines = zip(record.steps, results).flatMap { old, new in compare(old, new, engine.store) }
    return (lines, results.filter { $0.status == .failed })
  }

  private func compare(
    _ old: RunRecord.Step, _ new: StepResult, _ store: ArtifactStore
  ) -> [Line] {
    let seal = new.known.flatMap { store.find($0.key) }?.seal
    return old.artifacts.flatMap { artifact -> [Line] in
      let found = seal?.output(artifact.output)?.content.datasets ?? []
      let file = old.case.isEmpty ? artifact.file : "\(old.case): \(artifact.file)"
      return artifact.datasets.map { dataset in
        guard let other = found.first(where: { $0.name == dataset.name }) else {
          return Line(file: file, dataset: dataset.name, verdict: .missing, detail: "")
        }
        let isEqual = other == dataset
        return Line(
          file: file, dataset: dataset.name, verdict: isEqual ? .equal : .different,
          detail: isEqual ? "" : "\(dataset.values.short) -> \(other.values.short)")
      }
    }
  }
}

extension Manifest {
  /// What is left of a manifest in a record: enough to name the run.
  init(rerunOf record: RunRecord) {
    self.init(
      path: record.manifest, sources: [],
      experiment: Experiment(
        name: record.experiment, title: record.title, question: "", authors: [], license: "",
        seed: UInt64(record.seed) ?? 0),
      bindings: ParameterBindings(), workingFolder: "/", sweep: nil, steps: [], stepNames: [],
      metrics: [], claims: [], notebook: [:], jobs: nil, bench: .init())
  }
}
