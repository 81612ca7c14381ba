/// Ranks from 1 in ascending order, where equal values share the mean of their ranks.
public enum Midranks {
  /// The midrank of each value, none of which may be NaN; O(n log n).
  ///
  ///     Midranks.of([30, 10, 10]) == [3, 1.5, 1.5]
  public static func of(_ values: [Double]) -> [Double] {
    precondition(!values.contains { $0.isNaN }, "a value that is no number has no rank")
    // Sorted with their values: looking each up through its place would miss the cache.
    let order = zip(values, values.indices).sorted { $0.0 < $1.0 }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count && order[end].0 == order[start].0 { end += 1 }
      for (_, i) in order[start..<end] { ranks[i] = Double(start + 1 + end) / 2 }
      start = end
    }
    return ranks
  }
}
