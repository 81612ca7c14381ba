import Kernels
import Pipeline

extension MarketInstance {
  static func readHDF5(_ file: ArtifactReader, _ name: String) throws(DataError) -> Columns {
    try checkSupplyName(isSupply: file.contains("supply"), name)
    let compressed = ["utilities_indptr", "utilities_indices", "utilities_data"]
    let isConstrained = segmentNames.contains(where: file.contains)
    if !isConstrained {
      try checkForm(
        isDense: file.contains("utilities"), compressed: compressed.map(file.contains), name)
    }
    var columns = Columns()
    if isConstrained { columns.segments = try segments(of: file, name) }
    if file.contains("endowments") {
      columns.endowments = try rows("endowments", of: file, name)
    }
    columns.budgets =
      columns.endowments == nil || file.contains("budgets")
      ? try vector("budgets", of: file, name)
      : try budgets(nil, columns.endowments, name)
    if file.contains("model") { columns.model = try file.read("model", as: String.self).first }
    if file.contains("rho") { columns.rho = try file.read("rho", as: Double.self).first }
    if file.contains("supplies") { columns.supplies = try vector("supplies", of: file, name) }
    guard !isConstrained else { return columns }
    if file.contains("utilities") {
      columns.rows = try rows("utilities", of: file, name)
    } else {
      let bounds: [Int64] = try vector(compressed[0], of: file, name)
      let goods: [Int32] = try vector(compressed[1], of: file, name)
      columns.compressed = CompressedRows(
        bounds: bounds.map(Int.init), goods: goods,
        values: try vector(compressed[2], of: file, name))
    }
    return columns
  }

  private static func segments(
    of file: ArtifactReader, _ name: String
  ) throws(DataError) -> [[SpendingMarket.Segment]] {
    try segments(
      bounds: vector(segmentNames[0], of: file, name),
      goods: vector(segmentNames[1], of: file, name),
      rates: vector(segmentNames[2], of: file, name),
      caps: vector(segmentNames[3], of: file, name), name)
  }

  private static func vector<Element: ColumnElement>(
    _ variable: String, of file: ArtifactReader, _ name: String
  ) throws(DataError) -> [Element] {
    guard file.contains(variable) else {
      let others = try file.variableNames().prefix(12).joined(separator: ", ")
      throw DataError(
        name, at: variable, expected: "a dataset of this name",
        found: others.isEmpty ? "an empty file" : others)
    }
    let shape = try file.shape(of: variable)
    guard shape.count == 1 else {
      throw DataError(
        name, at: variable, expected: "one dimension", found: "the extents \(shape)")
    }
    return try file.read(variable, as: Element.self)
  }

  private static func rows(
    _ variable: String, of file: ArtifactReader, _ name: String
  ) throws(DataError) -> [[Double]] {
    let shape = try file.shape(of: variable)
    guard shape.count == 2 else {
      throw DataError(
        name, at: variable, expected: "the dimensions buyer and good",
        found: "the extents \(shape)")
    }
    let values = try file.read(variable, as: Double.self)
    return (0..<shape[0]).map { Array(values[$0 * shape[1]..<($0 + 1) * shape[1]]) }
  }
}
