import Foundation

/// Utilities and best responses, each from its definition; those of CES markets are ``CESBundles``.
extension EquilibriumClaim {
  /// The most utility that a unit of money buys: 1 over the expenditure for a unit of utility.
  func bestUtility(of buyer: Int) -> Double {
    let wanted = wanted(by: buyer)
    switch utility {
    case .linear: return wanted.reduce(0) { largerOrNaN($0, bang($1)) }
    case .quasilinear: return wanted.reduce(1) { largerOrNaN($0, bang($1)) }
    case .ces: return .nan
    case .cobbDouglas:
      let sum = wanted.reduce(0) { $0 + market.values[$1] }
      return exp(
        wanted.reduce(0) { total, pair in
          let part = market.values[pair] / sum
          return total + part * log(part / price(pair))
        })
    case .leontief:
      return 1 / wanted.reduce(0) { $0 + market.values[$1] * price($1) }
    }
  }

  /// Utility of a buyer's bundle, of which the part `kept` of each good remains.
  func utility(of buyer: Int, kept: (_ good: Int) -> Double) -> Double {
    let wanted = wanted(by: buyer)
    func units(_ pair: Int) -> Double {
      allocations[pair] * kept(Int(market.goods[pair]))
    }
    switch utility {
    case .linear: return wanted.reduce(0) { $0 + market.values[$1] * units($1) }
    case .quasilinear:
      let spent = market.pairs(of: buyer).reduce(0) { $0 + price($1) * units($1) }
      let money = largerOrNaN(0, market.budgets[buyer] - spent)
      return wanted.reduce(money) { $0 + market.values[$1] * units($1) }
    case .ces: return .nan
    case .cobbDouglas:
      let sum = wanted.reduce(0) { $0 + market.values[$1] }
      return exp(wanted.reduce(0) { $0 + market.values[$1] / sum * log(units($1)) })
    case .leontief:
      return wanted.reduce(.infinity) { smallerOrNaN($0, units($1) / market.values[$1]) }
    }
  }

  /// How far the money on a pair is from an optimal bundle's, as a part of the budget.
  ///
  /// Where bundles are not unique: the smaller of that part and of the lack of bang per buck.
  func misspending(_ pair: Int, of buyer: Int, best: Double, valueSum: Double) -> Double {
    let budget = market.budgets[buyer]
    let share = allocations[pair] * price(pair) / budget
    switch utility {
    case .linear, .quasilinear: return smallerOrNaN(share, 1 - bang(pair) / best)
    case .ces, .cobbDouglas, .leontief:
      guard market.values[pair] > 0 else { return share }
      return abs(share - bestShare(of: pair, best: best, valueSum: valueSum))
    }
  }

  /// The part of the budget that the best bundle spends on a pair.
  private func bestShare(of pair: Int, best: Double, valueSum: Double) -> Double {
    let (value, price) = (market.values[pair], price(pair))
    switch utility {
    case .linear, .quasilinear, .ces: return .nan
    case .cobbDouglas: return value / valueSum
    case .leontief: return value * price * best
    }
  }
}
