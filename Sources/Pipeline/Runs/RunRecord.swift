import Foundation

/// Everything about one run that is worth keeping: `run.json`.
///
/// Times, hosts and whether a step was computed or taken from the store stand here, and never in
/// artifacts or the report.
public struct RunRecord: Sendable, Codable {
  public struct Step: Sendable, Codable {
    public let name: String
    public let stage: String
    public let status: StepResult.Status
    public let key: Digest?
    /// Of the execution that made the result, in this run or an earlier one.
    public let resources: StepResources?
    public let artifacts: [Artifact]
    public let failure: StepFailure?
    /// What the key is the digest of.
    public let keyDocument: Value?
    /// Fully explicit, files by path: with seed and inputs all that a rerun needs.
    public let parameters: Value
    /// Digests of the files among the parameters.
    public let files: [String: Digest]
    /// As text: JSON numbers do not hold 64 bits.
    public let seed: String
    public let inputs: [Input]

    enum CodingKeys: String, CodingKey {
      case name, stage, status, key, artifacts, failure, parameters, files, seed, inputs
      case keyDocument = "key_document"
    }

    public init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: CodingKeys.self)
      name = try container.decode(String.self, forKey: .name)
      stage = try container.decode(String.self, forKey: .stage)
      status = try container.decode(StepResult.Status.self, forKey: .status)
      key = try container.decodeIfPresent(Digest.self, forKey: .key)
      artifacts = try container.decode([Artifact].self, forKey: .artifacts)
      failure = try container.decodeIfPresent(StepFailure.self, forKey: .failure)
      keyDocument = try container.decodeIfPresent(Value.self, forKey: .keyDocument)
      parameters = try container.decode(Value.self, forKey: .parameters)
      files = try container.decode([String: Digest].self, forKey: .files)
      seed = try container.decode(String.self, forKey: .seed)
      inputs = try container.decode([Input].self, forKey: .inputs)
      resources = try? StepResources(from: decoder)
    }

    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(name, forKey: .name)
      try container.encode(stage, forKey: .stage)
      try container.encode(status, forKey: .status)
      try container.encodeIfPresent(key, forKey: .key)
      try container.encode(artifacts, forKey: .artifacts)
      try container.encodeIfPresent(failure, forKey: .failure)
      try container.encodeIfPresent(keyDocument, forKey: .keyDocument)
      try container.encode(parameters, forKey: .parameters)
      try container.encode(files, forKey: .files)
      try container.encode(seed, forKey: .seed)
      try container.encode(inputs, forKey: .inputs)
      try resources?.encode(to: encoder)
    }

    init(_ result: StepResult, _ step: PlannedStep, in plan: Plan) {
      name = result.step
      stage = step.stage.name
      parameters = step.parameters
      files = step.files
      seed = String(step.seed)
      inputs = step.inputs.map {
        Input(slot: $0.slot, step: plan.steps[$0.producer].name, output: $0.output)
      }
      status = result.status
      key = result.key?.digest
      keyDocument = result.key?.document
      resources = result.resources
      failure = result.failure
      artifacts = (result.seal?.outputs ?? []).map { output in
        Artifact(
          file: RunFolder.fileName(step: result.step, output: output.name), output: output.name,
          bytes: output.bytes, sha256: output.sha256, contentDigest: output.contentDigest,
          datasets: output.content.datasets)
      }
    }
  }

  /// Where a step's input came from.
  public struct Input: Sendable, Codable, Equatable {
    public let slot: String
    public let step: String
    public let output: String
  }

  public struct Artifact: Sendable, Codable {
    public let file: String
    public let output: String
    public let bytes: Int
    public let sha256: Digest
    public let contentDigest: Digest
    public let datasets: [DatasetDigest]

    enum CodingKeys: String, CodingKey {
      case file, output, bytes, sha256, datasets
      case contentDigest = "content_digest"
    }
  }

  public struct ClaimResult: Sendable, Codable, Equatable {
    public let text: String
    public let holds: Bool
    public let left: Double?
    public let right: Double?
  }

  /// The files of the report, and what they were made from.
  public struct ReportFiles: Sendable, Codable, Equatable {
    public let key: Digest
    /// By name relative to the run folder.
    public let files: [String: FileStatus]
  }

  public static let currentFormat = 1

  public let format: Int
  public let id: String
  public let experiment: String
  public let title: String
  /// Base name only.
  public let manifest: String
  public let manifestSHA256: Digest
  public let seed: UInt64
  public let parameters: Value
  public let build: BuildFacts
  /// Seconds since 1970, and the same as text.
  public let startedAt: String
  public let wallSeconds: Double
  public let outcome: String
  public let steps: [Step]
  public let claims: [ClaimResult]
  public let report: ReportFiles?

  enum CodingKeys: String, CodingKey {
    case format, id, experiment, title, manifest, seed, parameters, build, outcome, steps, claims
    case report
    case manifestSHA256 = "manifest_sha256"
    case startedAt = "started_at"
    case wallSeconds = "wall_s"
  }
}

/// What program and libraries made a run.
public struct BuildFacts: Sendable, Codable, Equatable {
  public let program: String
  public let build: String
  public let libraries: [String: String]
  public let system: String
  public let cores: Int

  public init(program: String, build: String, libraries: [String: String]) {
    self.program = program
    self.build = build
    self.libraries = libraries
    system = Self.systemName()
    cores = ProcessInfo.processInfo.activeProcessorCount
  }

  private static func systemName() -> String {
    var names = utsname()
    guard unsafe uname(&names) == 0 else { return "unknown" }
    let machine = unsafe withUnsafeBytes(of: &names.machine) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    let system = unsafe withUnsafeBytes(of: &names.sysname) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return "\(system) \(machine)"
  }
}
