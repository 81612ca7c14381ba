/// Means of consecutive batches of a sequence of any length, in bounded memory.
///
///     var waits = BatchSeries()
///     for wait in run { waits.add(wait) }
///     let warmup = waits.warmup          // values to delete from the start, by MSER-5
///     let interval = waits.interval      // of the rest, from one run
///
/// Batches hold five values to begin with. When there are `batchesMax` of them, neighbours are joined
/// and batches hold twice as many. Sources: White, Simulation 69 (1997) for the warm-up rule MSER and
/// White, Cobb, Spratt, WSC 2000, for its batches of five; Law, "Simulation Modeling and Analysis"
/// (2015), section 9.5.3, for batch means.
public struct BatchSeries: Sendable, Equatable {
  public let batchesMax: Int
  /// Values of a batch.
  public private(set) var batchSize = 5
  /// Means of the complete batches.
  public private(set) var means: [Double] = []
  private var sum = 0.0
  private var count = 0

  public init(batchesMax: Int = 4096) {
    precondition(batchesMax >= 2 && batchesMax % 2 == 0, "batches are joined in pairs")
    self.batchesMax = batchesMax
  }

  public mutating func add(_ value: Double) {
    sum += value
    count += 1
    guard count == batchSize else { return }
    means.append(sum / Double(batchSize))
    (sum, count) = (0, 0)
    if means.count == batchesMax { join() }
  }

  private mutating func join() {
    means = stride(from: 0, to: means.count, by: 2).map { (means[$0] + means[$0 + 1]) / 2 }
    batchSize *= 2
  }

  /// Batches to delete from the start; O(batches).
  ///
  /// Those before the point that minimises the squared standard error of the mean of what is left.
  /// Nil where the minimum lies in the second half, which says that the run is too short; 0 for a
  /// run without a complete batch.
  public var deletedBatches: Int? {
    var best = (error: Double.infinity, start: 0)
    var (sum, squares) = (0.0, 0.0)
    for start in means.indices.reversed() {
      sum += means[start]
      squares += means[start] * means[start]
      let left = Double(means.count - start)
      // The last few batches look calm by chance.
      guard left >= 5 else { continue }
      let error = max(0, squares - sum * sum / left) / (left * left)
      if error <= best.error { best = (error, start) }
    }
    return 2 * best.start > means.count ? nil : best.start
  }

  /// Values to delete from the start; nil where the run is too short to tell.
  public var warmup: Int? { deletedBatches.map { $0 * batchSize } }

  /// The interval for the mean of what is left after the warm-up, and how far to trust it.
  ///
  /// It comes from `batches` longer batches; where the correlation of neighbours among them is far
  /// from 0, it is too narrow. Nil where there are fewer means than batches.
  public func interval(
    batches: Int = 32, confidence: Double = 0.95
  ) -> (mean: MeanInterval, lag1: Double)? {
    let rest = means.dropFirst(deletedBatches ?? means.count / 2)
    let size = rest.count / batches
    guard size > 0 else { return nil }
    let longer = (0..<batches).map { i in
      let start = rest.endIndex - (batches - i) * size
      return rest[start..<start + size].reduce(0, +) / Double(size)
    }
    let interval = MeanInterval(longer, confidence: confidence)
    var (products, squares) = (0.0, 0.0)
    for (i, value) in longer.enumerated() {
      squares += (value - interval.mean) * (value - interval.mean)
      if i > 0 { products += (value - interval.mean) * (longer[i - 1] - interval.mean) }
    }
    return (interval, squares > 0 ? products / squares : 0)
  }
}
