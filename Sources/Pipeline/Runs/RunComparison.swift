import Foundation

/// What differs between two runs: parameters, metrics beyond their tolerance, datasets.
public struct RunComparison: Sendable {
  public struct MetricLine: Sendable {
    public let name: String
    public let old: Double?
    public let new: Double?
    /// Within the tolerance that the manifest gave.
    public let isWithin: Bool
  }

  public struct ArtifactLine: Sendable {
    public let file: String
    public let datasets: [DatasetComparison]
    /// Said in place of a comparison: only in one run, or a file that is gone.
    public let note: String
  }

  public let parameters: [ValueDifference]
  public let metrics: [MetricLine]
  public let artifacts: [ArtifactLine]

  /// Whether metrics agree within their tolerances and datasets hold the same values.
  public var isEqual: Bool { metrics.allSatisfy(\.isWithin) && artifacts.isEmpty }

  /// Compares two runs, each given by its record and its folder.
  public init(
    _ a: (record: RunRecord, folder: String), _ b: (record: RunRecord, folder: String)
  ) throws {
    parameters =
      ValueDifference.between(a.record.parameters, b.record.parameters)
      + ValueDifference.between(
        .object(["seed": .string(String(a.record.seed))]),
        .object(["seed": .string(String(b.record.seed))]))
    metrics = Self.compare(try Self.metrics(in: a.folder), try Self.metrics(in: b.folder))
    artifacts = try Self.compareArtifacts(a, b)
  }

  private static func metrics(in folder: String) throws -> Value {
    guard let data = FileManager.default.contents(atPath: folder + "/metrics.json") else {
      return .object([:])
    }
    return try JSONDecoder().decode(Value.self, from: data)["metrics"] ?? .object([:])
  }

  private static func compare(_ a: Value, _ b: Value) -> [MetricLine] {
    Set(a.members.keys).union(b.members.keys).sorted().compactMap { name in
      let (old, new) = (a[name]?["value"]?.number, b[name]?["value"]?.number)
      if old == new { return nil }
      let tolerance = b[name]?["tolerance"] ?? a[name]?["tolerance"]
      let limit = Metric.Tolerance(
        absolute: tolerance?["abs"]?.number ?? 0, relative: tolerance?["rel"]?.number ?? 0)
      let isWithin = if let old, let new { limit.admits(old, new) } else { false }
      return MetricLine(name: name, old: old, new: new, isWithin: isWithin)
    }
  }

  private static func compareArtifacts(
    _ a: (record: RunRecord, folder: String), _ b: (record: RunRecord, folder: String)
  ) throws -> [ArtifactLine] {
    let left = a.record.steps.flatMap(\.artifacts)
    let right = b.record.steps.flatMap(\.artifacts)
    var lines: [ArtifactLine] = []
    for old in left {
      guard let new = right.first(where: { $0.file == old.file }) else {
        lines.append(ArtifactLine(file: old.file, datasets: [], note: "only in the first run"))
        continue
      }
      if old.contentDigest == new.contentDigest { continue }
      let readers = (
        try ArtifactReader(opening: a.folder + "/" + old.file),
        try ArtifactReader(opening: b.folder + "/" + new.file)
      )
      let sets = try DatasetComparison.compare(
        old.datasets, in: readers.0, new.datasets, in: readers.1)
      lines.append(ArtifactLine(file: old.file, datasets: sets, note: ""))
    }
    for new in right where !left.contains(where: { $0.file == new.file }) {
      lines.append(ArtifactLine(file: new.file, datasets: [], note: "only in the second run"))
    }
    return lines
  }
}
