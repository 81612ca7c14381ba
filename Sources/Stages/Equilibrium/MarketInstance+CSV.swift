import Pipeline

extension MarketInstance {
  /// Triples `buyer,good,utility`, in any order; buyers and goods are numbers from 0.
  ///
  /// A column `budget` holds the buyer's money, the same in all of its rows; without it every buyer
  /// has 1, as in a competitive equilibrium from equal incomes.
  static func readCSV(_ path: String) throws(DataError) -> Columns {
    let file = try CSVFile(path: path)
    let buyers = try file.integers("buyer")
    let goods = try file.integers("good")
    let values = try file.numbers("utility")
    let budgets = file.header.contains("budget") ? try file.numbers("budget") : nil
    for (row, number) in zip(buyers, goods).enumerated() {
      guard (0..<Int64(Int32.max)).contains(number.0), (0..<Int64(Int32.max)).contains(number.1)
      else {
        throw DataError(
          file.name, at: "row \(row + 1)", expected: "numbers of a buyer and a good from 0",
          found: "\(number.0), \(number.1)")
      }
    }
    let count = Int((buyers.max() ?? -1) + 1)
    var bounds = Array(repeating: 0, count: count + 1)
    for buyer in buyers { bounds[Int(buyer) + 1] += 1 }
    for buyer in 0..<count { bounds[buyer + 1] += bounds[buyer] }
    let order = buyers.indices.sorted {
      (buyers[$0], goods[$0], $0) < (buyers[$1], goods[$1], $1)
    }
    var columns = Columns()
    columns.budgets = Array(repeating: 1, count: count)
    if let budgets {
      for (row, buyer) in buyers.enumerated() { columns.budgets[Int(buyer)] = budgets[row] }
    }
    columns.compressed = CompressedRows(
      bounds: bounds, goods: order.map { Int32(goods[$0]) }, values: order.map { values[$0] })
    return columns
  }
}
