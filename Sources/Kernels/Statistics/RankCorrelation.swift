/// How far two rankings of the same things agree, from -1 (reversed) to 1 (equal).
///
/// Each is nil where one of the sequences is constant or shorter than two: there is no ranking.
public enum RankCorrelation {
  /// Spearman's rho: the correlation of the midranks; O(n log n).
  ///
  /// Two `threads` rank both sequences at once.
  public static func spearman(_ x: [Double], _ y: [Double], threads: Int = 1) -> Double? {
    precondition(x.count == y.count, "sequences of different lengths")
    let mean = Double(x.count + 1) / 2
    var xy = 0.0
    var xx = 0.0
    var yy = 0.0
    let ranks = Parts.map(2, threads: threads) { Midranks.of($0 == 0 ? x : y) }
    for (rankX, rankY) in zip(ranks[0], ranks[1]) {
      xy += (rankX - mean) * (rankY - mean)
      xx += (rankX - mean) * (rankX - mean)
      yy += (rankY - mean) * (rankY - mean)
    }
    return xx > 0 && yy > 0 ? xy / (xx.squareRoot() * yy.squareRoot()) : nil
  }

  /// Kendall's tau-b, which allows for ties; O(n log n).
  ///
  /// Source: Knight, Journal of the American Statistical Association 61 (1966): after sorting by
  /// x, then y, the discordant pairs are the exchanges of a merge sort by y.
  public static func kendall(_ x: [Double], _ y: [Double]) -> Double? {
    precondition(x.count == y.count, "sequences of different lengths")
    precondition(!x.contains { $0.isNaN } && !y.contains { $0.isNaN })
    let order = x.indices.sorted { (x[$0], y[$0]) < (x[$1], y[$1]) }
    let pairs = x.count * (x.count - 1) / 2
    let tiedX = tiedPairs(order) { x[$0] == x[$1] }
    let tiedBoth = tiedPairs(order) { x[$0] == x[$1] && y[$0] == y[$1] }
    var byY = order.map { y[$0] }
    let exchanges = sortCountingExchanges(&byY)
    let tiedY = tiedPairs(byY, ==)
    let untiedX = Double(pairs - tiedX)
    let untiedY = Double(pairs - tiedY)
    guard untiedX > 0 && untiedY > 0 else { return nil }
    let concordance = pairs - tiedX - tiedY + tiedBoth - 2 * exchanges
    return Double(concordance) / (untiedX.squareRoot() * untiedY.squareRoot())
  }

  /// The number of pairs within runs of neighbours that are equal.
  private static func tiedPairs<T>(_ run: [T], _ areEqual: (T, T) -> Bool) -> Int {
    var pairs = 0
    var equal = 0
    for i in run.indices.dropFirst() {
      equal = areEqual(run[i - 1], run[i]) ? equal + 1 : 0
      pairs += equal
    }
    return pairs
  }

  /// Sorts from short runs to long ones; counts the pairs that stood in descending order.
  private static func sortCountingExchanges(_ values: inout [Double]) -> Int {
    var exchanges = 0
    var merged = values
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = min(start + width, values.count)
        let end = min(start + 2 * width, values.count)
        exchanges += merge(values, start, middle, end, into: &merged)
      }
      swap(&values, &merged)
      width *= 2
    }
    return exchanges
  }

  private static func merge(
    _ values: [Double], _ start: Int, _ middle: Int, _ end: Int, into merged: inout [Double]
  ) -> Int {
    var exchanges = 0
    var left = start
    var right = middle
    for i in start..<end {
      if left < middle && (right == end || values[left] <= values[right]) {
        merged[i] = values[left]
        left += 1
      } else {
        merged[i] = values[right]
        right += 1
        exchanges += middle - left
      }
    }
    return exchanges
  }
}
