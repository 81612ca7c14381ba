/// Rows of a row-major matrix of probabilities.
enum Rows {
  /// Divides a row by its sum; a row of zeros becomes uniform.
  static func normalise(_ matrix: inout [Double], _ row: Range<Int>) {
    var sum = 0.0
    for i in row { sum += matrix[i] }
    for i in row { matrix[i] = sum > 0 ? matrix[i] / sum : 1 / Double(row.count) }
  }

  /// Divides every row of `width` numbers by its sum.
  static func normalise(_ matrix: inout [Double], width: Int) {
    for start in stride(from: 0, to: matrix.count, by: width) {
      normalise(&matrix, start..<start + width)
    }
  }
}
