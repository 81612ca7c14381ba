/// Ranks from 1 in ascending order, where equal values share the mean of their ranks.
public enum Midranks {
  /// The midrank of each value, none of which may be NaN; O(n log n).
  ///
  ///     Midranks.of([30, 10, 10]) == [3, 1.5, 1.5]
  public static func of(_ values: [Double]) -> [Double] {
    precondition(!values.contains { $0.isNaN }, "a value that is no number has no rank")
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && values[order[end]] == values[order[start]] { end += 1 }
      for i in order[start..<end] { ranks[i] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
