extension MannWhitneyTest {
  /// The law of U from 0 to m n when all values differ, by the recurrence of Mann and Whitney.
  ///
  /// The largest value belongs to the first sample with probability i / (i + j), and then exceeds
  /// all j values of the second. Only positive terms are added, so nothing cancels.
  static func orderingLaw(_ m: Int, _ n: Int) -> [Double] {
    let nothing = [Double](repeating: 0, count: m * n + 1)
    var laws = [[Double]](repeating: nothing, count: m + 1)
    for i in 0...m { laws[i][0] = 1 }
    for j in 1...n {
      for i in 1...m {
        let share = Double(i) / Double(i + j)
        var law = laws[i]
        for u in 0...(i * j) {
          let fromFirst = u >= j ? share * laws[i - 1][u - j] : 0
          law[u] = fromFirst + (1 - share) * law[u]
        }
        laws[i] = law
      }
    }
    return laws[m]
  }

  /// The law of 2 U from 0 to 2 m n when the pooled values, ties and all, are shared at random.
  ///
  /// `ways[k][s]` counts the choices of k values whose doubled ranks have the sum s: O(m (m + n)
  /// sum of ranks). Doubles hold the counts exactly up to 25 values a sample.
  func sharingLaw() -> [Double] {
    let least = m * (m + 1)
    let bound = least + 2 * m * n
    var ways = [[Double]](repeating: [Double](repeating: 0, count: bound + 1), count: m + 1)
    ways[0][0] = 1
    for rank in doubledRanks where rank <= bound {
      for k in (1...m).reversed() {
        for sum in rank...bound where ways[k - 1][sum - rank] > 0 {
          ways[k][sum] += ways[k - 1][sum - rank]
        }
      }
    }
    let total = ways[m].reduce(0, +)
    return ways[m][least...].map { $0 / total }
  }
}
