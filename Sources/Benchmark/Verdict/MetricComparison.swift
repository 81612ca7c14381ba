import Pipeline

/// A metric of the manifest in two records.
public struct MetricComparison: Sendable, Equatable {
  public let name: String
  public let unit: String
  public let old: Double
  /// Nil where the new record has none.
  public let new: Double?
  /// Within the tolerance that the new record's manifest gives, by default none.
  public let isWithin: Bool

  static func between(_ base: [ScienceMetric], _ new: [ScienceMetric]) -> [MetricComparison] {
    base.map { old in
      let other = new.first { $0.name == old.name }
      return MetricComparison(
        name: old.name, unit: old.unit, old: old.value, new: other?.value,
        isWithin: other.map { $0.tolerance.admits(old.value, $0.value) } ?? false)
    }
  }
}
