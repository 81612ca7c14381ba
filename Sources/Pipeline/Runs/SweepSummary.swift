import Foundation

/// Mean, standard deviation and the half-width of a confidence interval over replicates.
public struct Spread: Sendable, Equatable {
  public let mean: Double
  public let standardDeviation: Double
  /// Of the 95 % interval by Student's t; infinite below two values.
  public let halfWidth: Double

  public init(mean: Double, standardDeviation: Double, halfWidth: Double) {
    self.mean = mean
    self.standardDeviation = standardDeviation
    self.halfWidth = halfWidth
  }
}

/// The metrics of all cases of a sweep as arrays over its axes: `summary.h5`.
///
/// Axes that are walked together share a dimension, which has the name of the first of them. Cases
/// that were excluded are NaN. Where included cases would leave most of the array empty, there is one
/// dimension `case` instead, along which every axis is a coordinate.
struct SweepSummary: Sendable {
  /// One dimension of the arrays.
  struct Extent: Sendable, Equatable {
    let name: String
    let length: Int
    /// The axes along it; none for replicates and cases.
    let axes: [Int]
  }

  let sweep: Sweep
  let table: MetricTable
  /// Without the replicates.
  let extents: [Extent]
  /// For each case without its replicate: its flat place in the arrays.
  private let places: [Int]
  private let interval: @Sendable ([Double]) -> Spread

  init(_ sweep: Sweep, _ table: MetricTable, interval: @escaping @Sendable ([Double]) -> Spread) {
    self.sweep = sweep
    self.table = table
    self.interval = interval
    let groups = Set(sweep.axes.map(\.group)).sorted()
    let dense = groups.map { group -> Extent in
      let axes = sweep.axes.indices.filter { sweep.axes[$0].group == group }
      return Extent(
        name: sweep.axes[axes[0]].name, length: sweep.axes[axes[0]].values.count, axes: axes)
    }
    let count = sweep.cases.count / sweep.replicates
    let size = dense.reduce(1.0) { $0 * Double($1.length) }
    let isWalkedTogether = dense.allSatisfy { extent in
      sweep.cases.allSatisfy { one in Set(extent.axes.map { one.positions[$0] }).count == 1 }
    }
    if isWalkedTogether, size <= max(4096, 8 * Double(count)) {
      extents = dense
      places = sweep.cases.map { one in
        dense.reduce(0) { $0 * $1.length + one.positions[$1.axes[0]] }
      }
    } else {
      extents = [Extent(name: "case", length: count, axes: [])]
      places = sweep.cases.indices.map { $0 / sweep.replicates }
    }
  }

  /// Places in the arrays, replicates apart.
  var size: Int { extents.reduce(1) { $0 * $1.length } }
  private var replicates: Int { sweep.replicates }

  /// The values of a metric, replicates fastest; NaN where there is no case.
  func values(of column: Int) -> [Double] {
    var values = [Double](repeating: .nan, count: size * replicates)
    for (i, one) in sweep.cases.enumerated() {
      values[places[i] * replicates + one.replicate - 1] = table.values[i][column]
    }
    return values
  }

  /// Over the replicates of each place; a missing replicate leaves the place without a value.
  func spreads(of column: Int) -> [Spread] {
    let values = values(of: column)
    return (0..<size).map { place in
      let sample = Array(values[place * replicates..<(place + 1) * replicates])
      guard !sample.contains(where: \.isNaN) else {
        return Spread(mean: .nan, standardDeviation: .nan, halfWidth: .nan)
      }
      return interval(sample)
    }
  }

  /// What the summary is a function of.
  var origin: Digest {
    var hasher = DigestHasher()
    hasher.update(text: "summary 1\n\(sweep.replicates)\n")
    for axis in sweep.axes {
      hasher.update(text: "\(axis.name) \(axis.group) \(Value.list(axis.values).canonicalJSON)\n")
    }
    for (i, one) in sweep.cases.enumerated() {
      hasher.update(text: "\(one.positions) \(one.replicate) \(table.values[i])\n")
    }
    for column in table.columns {
      hasher.update(text: "\(column.metric.name) \(column.unit) \(column.metric.step)\n")
    }
    return hasher.finalize()
  }
}

extension SweepSummary {
  /// Writes `summary.h5`; equal cases and values give equal bytes.
  func write(to path: String, experiment: Experiment) throws {
    let dimensions = extents.map { Dimension($0.name, "the axis \($0.name)") }
    let replicate = Dimension("replicate", "runs with other seeds")
    let all = replicates > 1 ? dimensions + [replicate] : dimensions
    var entries: [VariableSchema] = []
    var writes: [(ArtifactWriter) throws -> Void] = []
    for (extent, dimension) in zip(extents, dimensions) {
      let axes = extent.axes.isEmpty ? Array(sweep.axes.indices) : extent.axes
      for axis in axes { add(axis, along: extent, dimension, &entries, &writes) }
    }
    if replicates > 1 {
      let column = Column<Int64>(
        "replicate", dimensions: [replicate], unit: "1", "number of the replicate")
      entries.append(column.entry)
      writes.append { [replicates] in try $0.write(column, (1...Int64(replicates)).map { $0 }) }
    }
    for i in table.columns.indices { add(metric: i, all, dimensions, &entries, &writes) }
    let schema = ArtifactSchema("summary", "Metrics of all cases of \(experiment.name)", entries)
    let writer = try ArtifactWriter(
      creating: path, schema: schema,
      labels: [
        ("Conventions", "CF-1.11"), ("title", schema.title), ("source", "kcpipe sweep summary"),
        ("history", "origin \(origin.hex)"),
      ])
    for write in writes { try write(writer) }
    try writer.close()
  }

  private func add(
    _ axis: Int, along extent: Extent, _ dimension: Dimension, _ entries: inout [VariableSchema],
    _ writes: inout [(ArtifactWriter) throws -> Void]
  ) {
    let name = sweep.axes[axis].name
    let values =
      extent.axes.isEmpty
      ? stride(from: 0, to: sweep.cases.count, by: replicates).map {
        sweep.axes[axis].values[sweep.cases[$0].positions[axis]]
      } : sweep.axes[axis].values
    let numbers = values.compactMap(\.number)
    let meaning = "value of the parameter \(name)"
    if numbers.count == values.count {
      let column = Column<Double>(name, dimensions: [dimension], unit: "1", meaning)
      entries.append(column.entry)
      writes.append { try $0.write(column, numbers) }
    } else {
      let column = Column<String>(name, dimensions: [dimension], unit: "", meaning)
      entries.append(column.entry)
      writes.append { try $0.write(column, values.map(Format.value)) }
    }
  }

  private func add(
    metric i: Int, _ all: [Dimension], _ dimensions: [Dimension],
    _ entries: inout [VariableSchema], _ writes: inout [(ArtifactWriter) throws -> Void]
  ) {
    let (metric, unit) = (table.columns[i].metric, table.columns[i].unit)
    let base =
      sweep.axes.contains { $0.name == metric.name } ? metric.name + "_metric" : metric.name
    let shape = extents.map(\.length)
    func add(_ suffix: String, _ meaning: String, _ dimensions: [Dimension], _ values: [Double]) {
      let shape = dimensions.count > shape.count ? shape + [replicates] : shape
      let column = Column<Double>(
        base + suffix, dimensions: dimensions, unit: unit.isEmpty ? "1" : unit,
        "\(metric.variable) of \(metric.step)\(meaning)")
      entries.append(column.entry)
      writes.append { try $0.write(column, values, shape: shape) }
    }
    add("", "", all, values(of: i))
    guard replicates > 1 else { return }
    let spreads = spreads(of: i)
    add("_mean", ", mean over replicates", dimensions, spreads.map(\.mean))
    add(
      "_sd", ", standard deviation over replicates", dimensions, spreads.map(\.standardDeviation))
    add(
      "_half_width", ", half-width of the 95 % interval of the mean (Student's t)", dimensions,
      spreads.map(\.halfWidth))
  }
}
