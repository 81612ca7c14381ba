import Foundation
import Kernels
import Pipeline

/// A market as users hand it in: JSON, HDF5 or CSV, told apart by their first bytes and the name.
///
///     {"model": "linear", "budgets": [1, 1], "utilities": [[2, 1], [1, 0]], "supplies": [1, 1]}
///
/// `budgets[buyer]`, `supplies[good]` (1 each if absent) and `utilities[buyer][good]`, or the
/// compressed rows `utilities_indptr`, `utilities_indices`, `utilities_data` instead. Without
/// supplies compressed rows have as many goods as the largest index says. `model` is `linear` (if
/// absent), `quasilinear`, `ces` with `rho`, `cobbdouglas`, `leontief` or `spending`. In JSON a number may be a
/// text with an exact fraction, `"46/9"`. Other names, such as a title or a known answer, are passed
/// over. Where money is an endowment, `endowments[buyer][good]` says what each trader brings; budgets
/// are then not needed, and supplies are what all bring. The model `spending` has, in place of
/// utilities, `segments[buyer]`, a list of `{"good": 0, "rate": 2, "cap": 0.5}`: utility per unit, and
/// the money that may be spent at this rate (no bound if absent); in HDF5 the columns
/// `segments_indptr`, `segments_goods`, `segments_rates` and `segments_caps`. CSV has the columns
/// `buyer`, `good`, `utility` and, if wished, `budget`, else 1 each.
struct MarketInstance {
  /// An index beyond this is a mistake, not a market; as many goods as can be drawn.
  static let goodsMax = 10_000_000
  /// The columns of an instance, before anything is known of them.
  struct Columns {
    var model: String?
    var rho: Double?
    var budgets: [Double] = []
    var supplies: [Double]?
    var rows: [[Double]]?
    var compressed: CompressedRows?
    /// Units of each good that each buyer brings, where buyers are traders.
    var endowments: [[Double]]?
    /// What each buyer may spend at which rate, where spending is constrained.
    var segments: [[SpendingMarket.Segment]]?
    /// The numbers that were written as texts, exactly.
    var texts: ExactTexts?
  }

  /// Numbers that were written as texts, by column and place; those of a matrix row by row.
  struct ExactTexts {
    var budgets: [Int: Rational] = [:]
    var supplies: [Int: Rational] = [:]
    var utilities: [Int: Rational] = [:]
    var isEmpty: Bool { budgets.isEmpty && supplies.isEmpty && utilities.isEmpty }
  }

  struct CompressedRows {
    let bounds: [Int]
    let goods: [Int32]
    let values: [Double]
  }

  let name: String
  let columns: Columns
  let model: Equilibrium.Model
  /// What the utilities mean; with spending constraints they are linear up to a cap.
  let utility: MarketUtility

  init(
    name: String, columns: Columns, model: Equilibrium.Model = .linear
  ) throws(DataError) {
    self.name = name
    self.columns = columns
    self.model = try Self.model(of: columns, else: model, name)
    utility = try Self.utility(of: columns, model: self.model, name)
  }

  init(path: String, model: Equilibrium.Model = .linear) throws(DataError) {
    let name = (path as NSString).lastPathComponent
    let columns =
      if try Self.isHDF5(path, name) {
        try Self.readHDF5(ArtifactReader(opening: path), name)
      } else if name.lowercased().hasSuffix(".csv") {
        try Self.readCSV(path)
      } else {
        try Self.readJSON(path, name)
      }
    try self.init(name: name, columns: columns, model: model)
  }

  private static func isHDF5(_ path: String, _ name: String) throws(DataError) -> Bool {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw DataError(name, expected: "a readable file", found: "none")
    }
    let start = try? file.read(upToCount: 8)
    return start == Data([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])
  }

  /// The market, if the columns make one.
  func market() throws(DataError) -> FisherMarket {
    if let spending = try spendingMarket() { return spending.pairs }
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
    let largest = Int(rows.goods.max() ?? -1)
    let goodsGuessed = max(0, min(largest, Self.goodsMax - 1) + 1)
    let supplies = columns.supplies ?? Array(repeating: 1, count: goodsGuessed)
    if let pair = rows.goods.firstIndex(where: { !supplies.indices.contains(Int($0)) }) {
      let buyer = (rows.bounds.firstIndex { $0 > pair } ?? 1) - 1
      throw .unknownGood(buyer: max(0, buyer), good: Int(rows.goods[pair]))
    }
    return try FisherMarket(
      offsets: rows.bounds, goods: rows.goods, values: rows.values,
      budgets: columns.budgets, supplies: supplies)
  }
}
