/// The measurements of one program on one machine: what `bench` writes and `compare` reads.
///
/// A baseline is such a file under `baselines/`: small, with a line per series, so that a review
/// shows what changed.
public struct BenchRecord: Sendable, Equatable {
  /// The program that was measured.
  public struct Program: Sendable, Equatable {
    public let version: String
    public let build: String
    /// Versions of what computes.
    public let libraries: [String: String]

    public init(version: String, build: String, libraries: [String: String]) {
      self.version = version
      self.build = build
      self.libraries = libraries
    }
  }

  /// Grows when a reader of this format would misunderstand a file.
  public static let currentFormat: Int64 = 1

  /// Tells these files from any other JSON.
  static let kind = "kcpipe benchmark"

  public let experiment: String
  /// When measuring began, UTC, ISO 8601.
  public let measuredAt: String
  public let program: Program
  public let machine: MachineFacts
  /// Of the order of measuring and of the bootstrap.
  public let seed: UInt64
  public let cases: [BenchCase]
  public let metrics: [ScienceMetric]
  /// Why a quantity was not measured, by its word.
  public let unavailable: [String: String]

  public init(
    experiment: String, measuredAt: String, program: Program, machine: MachineFacts, seed: UInt64,
    cases: [BenchCase], metrics: [ScienceMetric], unavailable: [String: String] = [:]
  ) {
    self.experiment = experiment
    self.measuredAt = measuredAt
    self.program = program
    self.machine = machine
    self.seed = seed
    self.cases = cases
    self.metrics = metrics
    self.unavailable = unavailable
  }

  public func find(_ name: String) -> BenchCase? { cases.first { $0.name == name } }
}
