import Kernels

/// How far nodes rank alike by perceived and by intrinsic merit, and goods by price and by value.
struct Rankings {
  /// Spearman's of perceived and intrinsic merit; nil where there is no such ranking.
  let meritCorrelation: Double?
  /// Kendall's of the same.
  let meritConcordance: Double?
  /// What a unit of each good is worth to all buyers.
  let values: [Double]
  /// Spearman's of prices and values.
  let valueCorrelation: Double?

  init(of solved: Equilibrium.Solved, hasMerit: Bool, threads: Int) {
    let (perceived, intrinsic) = (solved.market.budgets, solved.answer.utilities)
    meritCorrelation = hasMerit ? RankCorrelation.spearman(perceived, intrinsic) : nil
    meritConcordance = hasMerit ? RankCorrelation.kendall(perceived, intrinsic) : nil
    values = solved.market.valueOfGoods
    valueCorrelation = RankCorrelation.spearman(solved.answer.prices, values, threads: threads)
  }
}

extension FisherMarket {
  /// What a unit of each good is worth to all buyers together: the sum of its share in every buyer's
  /// valuation, weighted by money (requirement N27).
  var valueOfGoods: [Double] {
    var worth = Array(repeating: 0.0, count: goodCount)
    for buyer in 0..<buyerCount {
      let sum = pairs(of: buyer).reduce(0) { $0 + values[$1] }
      guard sum > 0, sum.isFinite else { continue }
      for pair in pairs(of: buyer) {
        worth[Int(goods[pair])] += budgets[buyer] * values[pair] / sum
      }
    }
    return worth
  }
}
