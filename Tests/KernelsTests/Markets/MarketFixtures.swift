import Foundation
import Kernels
import TestSupport
import Testing

/// A market with its known prices, utilities and, where they are unique, allocations.
struct KnownMarket: Sendable, CustomTestStringConvertible {
  var name: String
  var market: FisherMarket
  var prices: [Double]
  var allocations: [[Double]]
  var isAllocationUnique: Bool
  var utility = MarketUtility.linear

  var testDescription: String { name }

  var utilities: [Double] { market.utilities(of: onPairs(allocations), at: prices, utility) }

  func onPairs(_ matrix: [[Double]]) -> [Double] {
    (0..<market.buyerCount).flatMap { buyer in
      market.pairs(of: buyer).map { matrix[buyer][Int(market.goods[$0])] }
    }
  }
}

extension KnownMarket {
  init(
    _ name: String, _ utility: MarketUtility, values: [[Double]], budgets: [Double],
    supplies: [Double], prices: [Double], allocations: [[Double]], isAllocationUnique: Bool
  ) {
    guard let market = try? FisherMarket(values: values, budgets: budgets, supplies: supplies)
    else { preconditionFailure("\(name) is no market") }
    self.init(
      name: name, market: market, prices: prices, allocations: allocations,
      isAllocationUnique: isAllocationUnique, utility: utility)
  }

  /// The linear cases of `fisher_cases.json`; none where the folder is absent.
  static let linear: [KnownMarket] = {
    let cases = records("reference/fisher_cases.json", "cases")
    return cases.filter { $0["model"] as? String == "linear" }.compactMap { record in
      known(
        record, budgets: "budgets", utilities: "utilities", supplies: "supplies", answer: record)
    }
  }()

  /// The markets that the original program solved in August 2017.
  static let historic: [KnownMarket] = records("reference/historic_markets.json", "markets")
    .compactMap { record in
      guard let answer = record["equilibrium"] as? [String: Any] else { return nil }
      return known(
        record, budgets: "money", utilities: "utility", supplies: "supply", answer: answer)
    }

  private static func records(_ path: String, _ key: String) -> [[String: Any]] {
    let document = try? SharedData.json(path) as? [String: Any]
    return document?[key] as? [[String: Any]] ?? []
  }

  private static func known(
    _ record: [String: Any], budgets: String, utilities: String, supplies: String,
    answer: [String: Any]
  ) -> KnownMarket? {
    guard let name = record["name"] as? String, let budgets = record[budgets] as? [Double],
      let values = record[utilities] as? [[Double]], let supplies = record[supplies] as? [Double],
      let prices = answer["prices"] as? [Double],
      let allocations = answer["allocations"] as? [[Double]],
      let isUnique = answer["allocation_unique"] as? Bool,
      let market = try? FisherMarket(values: values, budgets: budgets, supplies: supplies)
    else { return nil }
    return KnownMarket(
      name: name, market: market, prices: prices, allocations: allocations,
      isAllocationUnique: isUnique)
  }
}

/// A size and a seed: what a property is tried on.
struct MarketInstance: Sendable, CustomTestStringConvertible {
  var size: Int
  var seed: UInt64

  var testDescription: String { "size \(size), seed \(seed)" }

  static func grid(sizes: [Int], seeds: Range<UInt64>) -> [MarketInstance] {
    sizes.flatMap { size in seeds.map { MarketInstance(size: size, seed: $0) } }
  }

  func sequence() -> RandomSequence { RandomStream(seed: seed, name: "test.\(size)").sequence() }
}

/// Matrices, budgets and supplies that a test may transform before it makes a market of them.
struct MarketTables {
  var values: [[Double]]
  var budgets: [Double]
  var supplies: [Double]

  func market() throws -> FisherMarket {
    try FisherMarket(values: values, budgets: budgets, supplies: supplies)
  }

  /// A square market; about a third of the pairs are not wanted.
  static func random(_ instance: MarketInstance) -> MarketTables {
    var draw = instance.sequence()
    let range = 0..<instance.size
    let values = range.map { buyer in
      range.map { good in buyer == good || draw.unit() < 0.67 ? draw.unit() : 0 }
    }
    return MarketTables(
      values: values, budgets: range.map { _ in draw.pareto(shape: 1.5, minimum: 1) },
      supplies: range.map { _ in 0.5 + draw.unit() })
  }
}

/// How far one column of figures is from another.
enum MarketDeviation {
  /// The largest difference, relative to the mean of `expected`.
  static func fromMean(_ found: [Double], _ expected: [Double]) -> Double {
    let mean = expected.reduce(0) { $0 + abs($1) } / Double(expected.count)
    return zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) } / mean
  }

  /// The largest relative difference, entry by entry.
  static func relative(_ found: [Double], _ expected: [Double]) -> Double {
    zip(found, expected).reduce(0) { largest, pair in
      pair.0 == pair.1 ? largest : max(largest, abs(pair.0 / pair.1 - 1))
    }
  }
}

extension EquilibriumCertificate {
  init(
    of market: FisherMarket, _ answer: MarketEquilibrium, _ utility: MarketUtility = .linear
  ) throws {
    try self.init(
      of: market, utility, prices: answer.prices, allocations: answer.allocations)
  }
}
