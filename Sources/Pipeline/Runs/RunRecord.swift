public import Foundation

/// Everything about one run that is worth keeping: `run.json`, as it is read back.
///
/// Times, hosts and whether a step was computed or taken from the store stand here, and never in
/// artifacts or the report. `RunRecordWriter` writes it.
public struct RunRecord: Sendable, Decodable {
  public struct Step: Sendable, Decodable {
    public let name: String
    /// The coordinates that it depends on; empty without a sweep.
    public let `case`: String
    public let stage: String
    public let status: StepResult.Status
    public let key: Digest?
    /// Fully explicit, files by path: with seed and inputs all that a rerun needs.
    public let parameters: Value
    /// Digests of the files among the parameters, by path.
    public let files: [String: Digest]
    /// A text, since JSON numbers do not hold 64 bits; nil for a stage that draws nothing.
    public let seed: String?
    public let inputs: [Input]
    public let artifacts: [Artifact]
    public let failure: StepFailure?

    public var label: String { `case`.isEmpty ? name : "\(name)[\(`case`)]" }
  }

  /// Where a step's input came from.
  public struct Input: Sendable, Decodable, Equatable {
    public let slot: String
    /// The place of the producing step in `steps`.
    public let producer: Int
    public let output: String
  }

  public struct Artifact: Sendable, Decodable {
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
    /// The case in which it was judged; empty where it was judged once.
    public let `case`: String
    public let holds: Bool
    public let left: Double?
    public let right: Double?
  }

  /// One combination of a sweep's coordinates.
  public struct Case: Sendable, Decodable {
    public let name: String
    public let coordinates: Value
    public let replicate: Int
    /// Places of its steps in `steps`.
    public let steps: [Int]
    public var folder: String { name.isEmpty ? "" : "cases/\(name)/" }
  }

  /// What of a stage is part of the keys of its steps.
  public struct Stage: Sendable, Decodable, Equatable {
    public let revision: Int
    public let code: String
  }

  /// A file that the manifest was read from.
  public struct Source: Sendable, Decodable, Equatable {
    public let file: String
    public let sha256: Digest
  }

  static let currentFormat = 1

  public let format: Int
  public let id: String
  public let experiment: String
  public let title: String
  /// Base name only.
  public let manifest: String
  public let sources: [Source]
  public let seed: String
  public let parameters: Value
  public let build: BuildFacts
  /// In UTC, to the millisecond.
  public let startedAt: String
  public let wallSeconds: Double
  /// Of the engine itself, without its workers.
  public let engineCPUSeconds: Double
  public let outcome: String
  public let stages: [String: Stage]
  public let cases: [Case]
  public let claims: [ClaimResult]
  /// What was made of the results, by file: metrics, summary, reports and figures.
  public let products: [String: Digest]?
  public let steps: [Step]

  enum CodingKeys: String, CodingKey {
    case format, id, experiment, title, manifest, sources, seed, parameters, build, outcome, stages
    case cases, claims, products, steps
    case startedAt = "started_at"
    case wallSeconds = "wall_s"
    case engineCPUSeconds = "engine_cpu_s"
  }

  /// - Throws: a `DecodingError` for anything but a record of this format.
  public init(json: Data) throws {
    self = try JSONDecoder().decode(RunRecord.self, from: json)
  }

  /// Every artifact at every place in the run's folder where it lies.
  public var placements: [(file: String, artifact: Artifact)] {
    var places: [(file: String, artifact: Artifact)] = []
    var inCases = Set<Int>()
    for one in cases {
      for i in one.steps where steps.indices.contains(i) && steps[i].case != Self.onceForAll {
        inCases.insert(i)
        places += steps[i].artifacts.map { (one.folder + $0.file, $0) }
      }
    }
    for i in steps.indices where !inCases.contains(i) {
      places += steps[i].artifacts.map { ($0.file, $0) }
    }
    return places
  }

  /// The document that a step's key is the digest of, put together again.
  func keyDocument(of step: Step) -> Value? {
    guard step.key != nil, let stage = stages[step.stage] else { return nil }
    var inputs: [String: Value] = [:]
    for input in step.inputs where steps.indices.contains(input.producer) {
      let artifact = steps[input.producer].artifacts.first { $0.output == input.output }
      inputs[input.slot] = artifact.map { .string($0.contentDigest.hex) }
    }
    return StepKey.document(
      stage: step.stage, revision: stage.revision, code: stage.code, libraries: build.libraries,
      parameters: step.parameters.replacingPaths(step.files), seed: step.seed, inputs: inputs)
  }
}

extension RunRecord {
  /// What stands in place of coordinates for a step of `scope: sweep`, which lies beside the cases.
  static let onceForAll = "*"
}

extension Value {
  /// With every path among the top-level texts and lists replaced by its file's digest.
  fileprivate func replacingPaths(_ digests: [String: Digest]) -> Value {
    guard !digests.isEmpty else { return self }
    func replaced(_ value: Value) -> Value {
      switch value {
      case .string(let path):
        digests[path].map { .object(["sha256": .string($0.hex)]) } ?? value
      case .list(let items): .list(items.map(replaced))
      default: value
      }
    }
    return .object(members.mapValues(replaced))
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

  var json: Value {
    .object([
      "program": .string(program), "build": .string(build), "system": .string(system),
      "libraries": .object(libraries.mapValues(Value.string)), "cores": .int(Int64(cores)),
    ])
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
