import Foundation
import Kernels

/// Markets that are hard in different ways: ten wanted goods a buyer, one a different good for each.
enum MarketFamily: String, CaseIterable, Sendable {
  case integerTies, randomTies, wideUtilities, lognormal, lowRank, popularGoods

  func market(buyers: Int, seed: UInt64) throws -> FisherMarket {
    var draw = RandomStream(seed: seed, name: "test.family." + rawValue).sequence()
    let degree = 10
    let tastes = (0..<2 * 3 * buyers).map { _ in draw.unit() }
    var offsets = [0]
    var goods: [Int32] = []
    var values: [Double] = []
    for buyer in 0..<buyers {
      var chosen: Set = [buyer]
      while chosen.count < min(degree, buyers) { chosen.insert(good(of: buyers, &draw)) }
      for good in chosen.sorted() {
        goods.append(Int32(good))
        values.append(value(buyer, good, tastes, &draw))
      }
      offsets.append(goods.count)
    }
    let budgets = (0..<buyers).map { _ in budget(&draw) }
    return try FisherMarket(
      offsets: offsets, goods: goods, values: values, budgets: budgets,
      supplies: Array(repeating: 1, count: buyers))
  }

  private func good(of count: Int, _ draw: inout RandomSequence) -> Int {
    guard self == .popularGoods else { return draw.index(below: count) }
    return Int(Double(count) * pow(draw.unit(), 5)) % count
  }

  private func value(
    _ buyer: Int, _ good: Int, _ tastes: [Double], _ draw: inout RandomSequence
  ) -> Double {
    switch self {
    case .integerTies, .randomTies: Double(1 + draw.index(below: 5))
    case .wideUtilities: pow(10, 12 * draw.unit() - 6)
    case .lognormal: lognormal(&draw)
    case .lowRank:
      (0..<3).reduce(0) { $0 + tastes[3 * buyer + $1] * tastes[tastes.count - 1 - 3 * good - $1] }
    case .popularGoods: draw.unit()
    }
  }

  private func budget(_ draw: inout RandomSequence) -> Double {
    switch self {
    case .integerTies: 1
    case .wideUtilities: draw.pareto(shape: 1.5, minimum: 1)
    case .lognormal: lognormal(&draw)
    case .randomTies, .lowRank, .popularGoods: draw.unit()
    }
  }

  /// By Box and Muller.
  private func lognormal(_ draw: inout RandomSequence) -> Double {
    exp((-2 * log(draw.unit())).squareRoot() * cos(2 * .pi * draw.unit()))
  }
}
