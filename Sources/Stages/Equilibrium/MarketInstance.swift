import Foundation
import Kernels
import Pipeline

/// A market as users hand it in: JSON or HDF5, told apart by their first bytes.
///
///     {"model": "linear", "budgets": [1, 1], "utilities": [[2, 1], [1, 0]], "supplies": [1, 1]}
///
/// `budgets[buyer]`, `supplies[good]` (1 each if absent) and `utilities[buyer][good]`, or the
/// compressed rows `utilities_indptr`, `utilities_indices`, `utilities_data` instead. Without
/// supplies compressed rows have as many goods as the largest index says. Other names, such as a
/// title or a known answer, are passed over.
struct MarketInstance {
  /// The only kind of utility function so far.
  static let linear = "linear"
  /// An index beyond this is a mistake, not a market; as many goods as can be drawn.
  private static let goodsMax = 10_000_000
  /// The columns of an instance, before anything is known of them.
  struct Columns {
    var model: String?
    var rho: Double?
    var budgets: [Double] = []
    var supplies: [Double]?
    var rows: [[Double]]?
    var compressed: CompressedRows?
  }

  struct CompressedRows {
    let bounds: [Int]
    let goods: [Int]
    let values: [Double]
  }

  let name: String
  let columns: Columns

  init(name: String, columns: Columns) throws(DataError) {
    self.name = name
    self.columns = columns
    try checkModel()
  }

  init(path: String) throws(DataError) {
    let name = (path as NSString).lastPathComponent
    let columns =
      try Self.isHDF5(path, name)
      ? Self.readHDF5(ArtifactReader(opening: path), name) : Self.readJSON(path, name)
    try self.init(name: name, columns: columns)
  }

  private static func isHDF5(_ path: String, _ name: String) throws(DataError) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    let start = try? file.read(upToCount: 8)
    return start == Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  private func checkModel() throws(DataError) {
    let model = columns.model ?? Self.linear
    guard model == Self.linear else {
      throw DataError(
        name, at: "model", expected: "'\(Self.linear)', the only model that is supported",
        found: "'\(model)'")
    }
    if let rho = columns.rho, !rho.isNaN, rho != 1 {
      throw DataError(name, at: "rho", expected: "1 or none for the model linear", found: "\(rho)")
    }
  }

  /// The market, if the columns make one.
  func market() throws(DataError) -> FisherMarket {
    do throws(MarketError) {
      if let rows = columns.rows {
        return try FisherMarket(values: rows, budgets: columns.budgets, supplies: columns.supplies)
      }
      return try compressedMarket()
    } catch {
      throw DataError(error, in: name)
    }
  }

  private func compressedMarket() throws(MarketError) -> FisherMarket {
    let rows = columns.compressed ?? CompressedRows(bounds: [], goods: [], values: [])
    let largest = rows.goods.max() ?? -1
    let goodsGuessed = max(0, min(largest, Self.goodsMax - 1) + 1)
    let supplies = columns.supplies ?? Array(repeating: 1, count: goodsGuessed)
    if let pair = rows.goods.firstIndex(where: { !supplies.indices.contains($0) }) {
      let buyer = (rows.bounds.firstIndex { $0 > pair } ?? 1) - 1
      throw .unknownGood(buyer: max(0, buyer), good: rows.goods[pair])
    }
    return try FisherMarket(
      offsets: rows.bounds, goods: rows.goods.map(Int32.init), values: rows.values,
      budgets: columns.budgets, supplies: supplies)
  }
}
