/// An experiment as its manifest declares it, with the parameters of one run.
public struct Manifest: Sendable {
  /// As it was given on the command line; for messages only.
  public let path: String
  /// The files that it was read from, itself first, with their digests.
  public let sources: [(path: String, digest: Digest)]
  public let experiment: Experiment
  let bindings: ParameterBindings
  /// The folder against which relative paths on the command line count.
  let workingFolder: String
  /// Nil for an experiment that is run once.
  public let sweep: Sweep?
  let steps: [ManifestStep]
  /// Of all steps, with those that could not be read.
  let stepNames: [String]
  public let metrics: [Metric]
  public let claims: [Claim]
  /// Prose before a step's section, by step, with its references as they were written.
  let notebook: [String: String]
  /// Steps at a time, where the manifest says so.
  public let jobs: Int?
  public let bench: BenchSettings

  /// What `bench:` says; the command line has the last word.
  public struct BenchSettings: Sendable, Equatable {
    /// Empty for all steps.
    public var steps: [String] = []
    public var samples: Int?
    public var warmup: Int?
    public var secondsMax: Double?
    /// The smallest change that matters, as a share.
    public var threshold: Double?
    public var alpha: Double?
  }

  /// The parameters in the manifest's order; in a case of a sweep with the values of that case.
  public func parameters(
    with coordinates: [(name: String, value: Value)] = []
  ) -> [(name: String, value: Value)] {
    let bindings = bindings.replacing(coordinates)
    return bindings.names.map { ($0, bindings.values[$0] ?? .null) }
  }
}

/// The head of a manifest.
public struct Experiment: Sendable, Equatable {
  public let name: String
  public let title: String
  public let question: String
  public let authors: [String]
  public let license: String
  public let seed: UInt64
}

/// One entry of `stages:`, not yet checked against its stage.
struct ManifestStep: Sendable {
  struct Input: Sendable {
    let slot: String
    let slotMark: YAMLNode.Mark
    let step: String
    let output: String
    let mark: YAMLNode.Mark
  }

  let name: String
  let mark: YAMLNode.Mark
  let stage: String
  let revision: Int?
  let stageMark: YAMLNode.Mark
  let inputs: [Input]
  let parameters: YAMLNode?
  /// Further attempts after a failure.
  let retries: Int
  let scope: StepScope
}

/// How often a step of a sweep is run.
enum StepScope: String, Sendable, CaseIterable {
  /// Once for each combination of the axes that it depends on.
  case `case`
  /// Once for all cases.
  case sweep
}

/// A number that a run is judged by.
public struct Metric: Sendable, Equatable {
  public enum Better: String, Sendable, CaseIterable {
    case lower, higher, none
  }

  /// How far two values of a metric may lie apart and still count as equal.
  public struct Tolerance: Sendable, Equatable {
    public let absolute: Double
    public let relative: Double

    public init(absolute: Double, relative: Double) {
      self.absolute = absolute
      self.relative = relative
    }

    public func admits(_ a: Double, _ b: Double) -> Bool {
      a == b || (a.isNaN && b.isNaN)
        || abs(a - b) <= max(absolute, relative * max(abs(a), abs(b)))
    }
  }

  public let name: String
  public let step: String
  public let output: String
  public let variable: String
  public let better: Better
  public let tolerance: Tolerance
  let mark: YAMLNode.Mark
  let pathMark: YAMLNode.Mark

  public static func == (a: Metric, b: Metric) -> Bool {
    a.name == b.name && a.step == b.step && a.output == b.output && a.variable == b.variable
      && a.better == b.better && a.tolerance == b.tolerance
  }
}

/// A statement over the metrics that a run must satisfy.
///
/// In a sweep it may also speak of axes. It is judged in every case, unless it speaks of nothing but
/// aggregates over the cases.
public struct Claim: Sendable {
  public let text: String
  let comparison: Comparison
  let mark: YAMLNode.Mark
}
