public import Pipeline

/// A step to be measured: the job, and what makes it the same work for every program.
public struct BenchWork: Sendable {
  /// The step with the coordinates that it depends on.
  public let name: String
  private let caseName: String
  public let job: SampleJob
  /// Digest of stage, parameters, seed and inputs; not of the code, which is what is compared.
  public let digest: Digest
  /// Metrics that come from this step's scalars.
  public let metrics: [Metric]
  let units: [String: String]

  /// The steps of a plan that are named, or all where none is; what they read is computed first, by
  /// the engine's normal run.
  public static func prepare(
    _ plan: Plan, steps: [String], engine: Engine, folder: RunFolder, options: Engine.Options,
    events: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> [BenchWork] {
    var options = options
    if steps.count == 1 { options.until = plan.steps.first { $0.isCalled(steps[0]) }?.name }
    let results = await engine.run(plan, in: folder, options: options, events: events)
    if let failed = results.first(where: { $0.status == .failed }) {
      throw BenchError.failedStep(failed.label, message: failed.failure?.message ?? "failed")
    }
    return plan.steps.filter { one in steps.isEmpty || steps.contains(where: one.isCalled) }.map {
      one in
      BenchWork(one, plan, results, engine.artifactStore, threads: options.threads)
    }
  }

  package init(name: String, job: SampleJob, digest: Digest) {
    self.name = name
    caseName = ""
    self.job = job
    self.digest = digest
    metrics = []
    units = [:]
  }

  private init(
    _ step: PlannedStep, _ plan: Plan, _ results: [StepResult], _ store: ArtifactStore, threads: Int
  ) {
    name = step.label
    caseName = step.caseName
    var paths: [String: String] = [:]
    var digests: [String: Value] = [:]
    for input in step.inputs {
      guard let key = results[input.producer].key, let entry = store.find(key) else {
        continue
      }
      paths[input.slot] = entry.path(of: input.output)
      digests[input.slot] = entry.seal.output(input.output).map { .string($0.contentDigest.hex) }
    }
    job = SampleJob(
      stage: step.stage.name, parameters: step.parameters, seed: step.seed, inputs: paths,
      threads: threads)
    let document: Value = .object([
      "stage": .string(step.stage.name), "parameters": step.parametersByContent,
      "seed": .string(String(step.seed)), "inputs": .object(digests),
    ])
    digest = Digest(of: document.canonicalJSON)
    metrics = plan.manifest.metrics.filter { $0.step == step.name }
    units = Dictionary(
      uniqueKeysWithValues: metrics.map { metric in
        let port = step.stage.output(metric.output)
        return (metric.name, port?.schema.variable(metric.variable)?.unit ?? "")
      })
  }

  /// The metrics as a sample's scalars give them.
  func metrics(of report: SampleReport) -> [ScienceMetric] {
    metrics.compactMap { metric in
      report.scalars[metric.output]?[metric.variable].map { value in
        ScienceMetric(
          name: caseName.isEmpty ? metric.name : "\(metric.name)[\(caseName)]", value: value,
          unit: units[metric.name] ?? "",
          better: metric.better.rawValue, tolerance: metric.tolerance)
      }
    }
  }
}

extension PlannedStep {
  /// Whether a word means this step: its name, or its name with its coordinates.
  public func isCalled(_ word: String) -> Bool { name == word || label == word }
}
