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
        .object(["seed": .string(a.record.seed)]), .object(["seed": .string(b.record.seed)]))
    metrics = Self.compare(try Self.metrics(in: a.folder), try Self.metrics(in: b.folder))
    artifacts = try Self.compareArtifacts(a, b)
  }

  /// Metrics by name, in a sweep `case: name`, with what `metrics.json` says of them.
  private static func metrics(in folder: String) throws -> [String: (value: Double?, about: Value)]
  {
    guard let data = FileManager.default.contents(atPath: folder + "/metrics.json") else {
      return [:]
    }
    let document = try JSONDecoder().decode(Value.self, from: data)
    let about = document["metrics"]?.members ?? [:]
    guard let cases = document["cases"]?.members else {
      return about.mapValues { ($0["value"]?.number, $0) }
    }
    var all: [String: (value: Double?, about: Value)] = [:]
    for (one, values) in cases {
      for (name, value) in values.members {
        all["\(one): \(name)"] = (value.number, about[name] ?? .null)
      }
    }
    return all
  }

  private static func compare(
    _ a: [String: (value: Double?, about: Value)], _ b: [String: (value: Double?, about: Value)]
  ) -> [MetricLine] {
    Set(a.keys).union(b.keys).sorted().compactMap { name in
      let (old, new) = (a[name]?.value, b[name]?.value)
      if old == new { return nil }
      let tolerance = b[name]?.about["tolerance"] ?? a[name]?.about["tolerance"]
      let limit = Metric.Tolerance(
        absolute: tolerance?["abs"]?.number ?? 0, relative: tolerance?["rel"]?.number ?? 0)
      let isWithin = if let old, let new { limit.admits(old, new) } else { false }
      return MetricLine(name: name, old: old, new: new, isWithin: isWithin)
    }
  }

  private static func compareArtifacts(
    _ a: (record: RunRecord, folder: String), _ b: (record: RunRecord, folder: String)
  ) throws -> [ArtifactLine] {
    let left = Self.byFile(a.record)
    let right = Self.byFile(b.record)
    var lines: [ArtifactLine] = []
    for (file, old) in left.sorted(by: { $0.key < $1.key }) {
      guard let new = right[file] else {
        lines.append(ArtifactLine(file: file, datasets: [], note: "only in the first run"))
        continue
      }
      if old.contentDigest == new.contentDigest { continue }
      let readers = (
        try ArtifactReader(opening: a.folder + "/" + file),
        try ArtifactReader(opening: b.folder + "/" + file)
      )
      let sets = try DatasetComparison.compare(
        old.datasets, in: readers.0, new.datasets, in: readers.1)
      lines.append(ArtifactLine(file: file, datasets: sets, note: ""))
    }
    for file in right.keys.sorted() where left[file] == nil {
      lines.append(ArtifactLine(file: file, datasets: [], note: "only in the second run"))
    }
    return lines
  }

  private static func byFile(_ record: RunRecord) -> [String: RunRecord.Artifact] {
    Dictionary(record.placements.map { ($0.file, $0.artifact) }) { first, _ in first }
  }
}
