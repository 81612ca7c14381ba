import Foundation
import Pipeline

extension MarketInstance {
  private struct Document: Decodable {
    let model: String?
    let rho: Double?
    let budgets: NumberColumn?
    let supplies: NumberColumn?
    let endowments: [NumberColumn]?
    let segments: [[SegmentEntry]]?
    /// A wrong name for supplies.
    let supply: Present?
    let utilities: [NumberColumn]?
    let utilities_indptr: [Int]?
    let utilities_indices: [Int32]?
    let utilities_data: NumberColumn?
  }

  /// Any value.
  private struct Present: Decodable {
    init(from decoder: any Decoder) {}
  }

  static func readJSON(_ path: String, _ name: String) throws(DataError) -> Columns {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    // Foundation's reader of JSON5 traps at a wrong token behind bytes that are no UTF-8.
    guard String(validating: data, as: UTF8.self) != nil else {
      throw syntaxError(in: data, path, name)
    }
    let decoder = JSONDecoder()
    // Python writes NaN and Infinity, which JSON lacks: read, they are refused with their place.
    decoder.allowsJSON5 = true
    do {
      return try columns(of: decoder.decode(Document.self, from: data), name)
    } catch let error as DataError {
      throw error
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw syntaxError(in: data, path, name)
    } catch let error as DecodingError {
      throw dataError(error, name)
    } catch {
      throw DataError(name, expected: "a JSON document", found: "\(error)")
    }
  }

  private static func columns(of document: Document, _ name: String) throws(DataError) -> Columns {
    try checkSupplyName(isSupply: document.supply != nil, name)
    let parts = [
      document.utilities_indptr != nil, document.utilities_indices != nil,
      document.utilities_data != nil,
    ]
    if document.segments == nil {
      try checkForm(isDense: document.utilities != nil, compressed: parts, name)
    }
    var columns = Columns(model: document.model, rho: document.rho)
    columns.endowments = document.endowments?.map(\.values)
    columns.budgets = try budgets(document.budgets?.values, columns.endowments, name)
    columns.supplies = document.supplies?.values
    columns.rows = document.utilities?.map(\.values)
    columns.segments = document.segments?.map { $0.map(\.segment) }
    columns.texts = texts(of: document)
    if let bounds = document.utilities_indptr, let goods = document.utilities_indices,
      let values = document.utilities_data
    {
      columns.compressed = CompressedRows(bounds: bounds, goods: goods, values: values.values)
    }
    return columns
  }

  /// The numbers that were written as texts, or nil where all are plain.
  private static func texts(of document: Document) -> ExactTexts? {
    var texts = ExactTexts()
    texts.budgets = document.budgets?.texts ?? [:]
    texts.supplies = document.supplies?.texts ?? [:]
    texts.utilities = document.utilities_data?.texts ?? [:]
    for (buyer, row) in (document.utilities ?? []).enumerated() {
      for (good, number) in row.texts { texts.utilities[buyer * row.values.count + good] = number }
    }
    return texts.isEmpty ? nil : texts
  }

  /// The parser of manifests knows lines and columns, which Foundation's does not tell.
  private static func syntaxError(in data: Data, _ path: String, _ name: String) -> DataError {
    let lines = data.count { $0 == 0x0A } + 1
    if data.count <= 4 << 20 {
      do throws(DataError) { _ = try MarkupFile(path: path) } catch { return error }
    }
    return DataError(
      name, at: "line \(lines) or before", expected: "JSON or HDF5",
      found: data.isEmpty ? "an empty file" : "text that is no JSON, or cut short")
  }

  private static func dataError(_ error: DecodingError, _ name: String) -> DataError {
    switch error {
    case .keyNotFound(let key, _):
      DataError(name, at: key.stringValue, expected: "a value for it", found: "none")
    case .typeMismatch(_, let context), .valueNotFound(_, let context),
      .dataCorrupted(let context):
      DataError(
        name, at: place(context.codingPath), expected: expectation(context.codingPath),
        found: context.debugDescription)
    @unknown default:
      DataError(name, expected: "a JSON document of a market", found: "\(error)")
    }
  }

  private static func expectation(_ path: [any CodingKey]) -> String {
    path.isEmpty
      ? "a mapping with budgets and utilities" : "a number, or a list as the name demands"
  }

  /// `utilities of buyer 2, good 0`.
  private static func place(_ path: [any CodingKey]) -> String {
    guard let column = path.first?.stringValue else { return "" }
    let indices = path.dropFirst().compactMap(\.intValue)
    guard let first = indices.first else { return column }
    return switch column {
    case "budgets": "budgets, buyer \(first)"
    case "supplies": "supplies, good \(first)"
    case "utilities":
      "utilities, buyer \(first)" + (indices.count > 1 ? ", good \(indices[1])" : "")
    default: "\(column), entry \(first)"
    }
  }
}
