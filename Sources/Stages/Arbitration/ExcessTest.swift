import Kernels

/// The rule of an arbiter: how many complaints among so many dealings prove more than usual.
///
///     let test = ExcessTest(base: 0.1, confidence: 0.95, dealingsMax: 100)
///     test.isExcess(complaints: 4, dealings: 10)      // true: the lower limit is 0.15
///
/// A complaint share is an excess if its one-sided lower confidence limit lies above the share of
/// the whole cloud. The limit is the exact one, the quantile of order 1 - confidence of
/// Beta(c, n - c + 1), so an average node is voted guilty with probability 1 - confidence at most.
/// The fewest complaints that prove an excess grow with n: they are tabulated once, in O(n).
///
/// Source: Clopper, Pearson, Biometrika 26 (1934).
struct ExcessTest {
  /// For n dealings the fewest complaints; n + 1 where no number is enough.
  private let fewest: [Int]

  init(base: Double, confidence: Double, dealingsMax: Int) {
    var fewest: [Int] = []
    var complaints = 1
    for dealings in 0...dealingsMax {
      while complaints <= dealings,
        Self.lowerLimit(complaints, dealings, confidence) <= base
      {
        complaints += 1
      }
      fewest.append(complaints)
    }
    self.fewest = fewest
  }

  func isExcess(complaints: Int, dealings: Int) -> Bool { complaints >= fewest[dealings] }

  private static func lowerLimit(
    _ complaints: Int, _ dealings: Int, _ confidence: Double
  ) -> Double {
    BetaDistribution(Double(complaints), Double(dealings - complaints + 1))
      .quantile(1 - confidence)
  }
}
