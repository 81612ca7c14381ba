public import Pipeline

/// All samples of one piece of work by one program.
public struct BenchCase: Sendable, Equatable {
  /// The step's name.
  public let name: String
  public let stage: String
  /// Digest of stage, parameters, seed and inputs: cases of one name with other work are no pair.
  public let work: Digest
  /// Content digest of each output, the same in all samples.
  public let results: [String: Digest]
  /// A number per sample, in the order of measuring.
  public let series: [Quantity: [Double]]
  /// The place of each sample in the order in which everything was measured.
  public let order: [Int]

  public init(
    name: String, stage: String, work: Digest, results: [String: Digest],
    series: [Quantity: [Double]], order: [Int]
  ) {
    self.name = name
    self.stage = stage
    self.work = work
    self.results = results
    self.series = series
    self.order = order
  }
}

/// A metric of the manifest, as a program computed it while it was measured.
public struct ScienceMetric: Sendable, Equatable {
  public let name: String
  public let value: Double
  public let unit: String
  public let better: String
  public let tolerance: Metric.Tolerance

  public init(
    name: String, value: Double, unit: String, better: String, tolerance: Metric.Tolerance
  ) {
    self.name = name
    self.value = value
    self.unit = unit
    self.better = better
    self.tolerance = tolerance
  }
}
