import Kernels
import Testing

/// Transformations of a market whose effect on its prices and utilities is known exactly.
@Suite struct MarketInvarianceTests {
  static let instances = MarketInstance.grid(sizes: [1, 2, 4, 9, 16], seeds: 0..<4)

  private func solve(_ tables: MarketTables) throws -> MarketEquilibrium {
    let answer = try ProportionalResponse(sweepsMax: 200_000).solve(tables.market())
    try #require(answer.status == .exact)
    return answer
  }

  @Test(arguments: instances)
  func `renaming buyers and goods renames the answer`(instance: MarketInstance) throws {
    let tables = MarketTables.random(instance)
    var draw = instance.sequence()
    let buyers = tables.budgets.indices.shuffled(using: &draw)
    let goods = tables.supplies.indices.shuffled(using: &draw)
    let renamed = MarketTables(
      values: buyers.map { buyer in goods.map { tables.values[buyer][$0] } },
      budgets: buyers.map { tables.budgets[$0] }, supplies: goods.map { tables.supplies[$0] })
    let (before, after) = (try solve(tables), try solve(renamed))
    #expect(MarketDeviation.relative(after.prices, goods.map { before.prices[$0] }) < 1e-11)
    #expect(MarketDeviation.relative(after.utilities, buyers.map { before.utilities[$0] }) < 1e-11)
  }

  @Test(arguments: instances)
  func `budgets in another currency scale the prices only`(instance: MarketInstance) throws {
    let tables = MarketTables.random(instance)
    var scaled = tables
    scaled.budgets = tables.budgets.map { 1234.5 * $0 }
    let (before, after) = (try solve(tables), try solve(scaled))
    #expect(MarketDeviation.relative(after.prices, before.prices.map { 1234.5 * $0 }) < 1e-11)
    #expect(MarketDeviation.relative(after.utilities, before.utilities) < 1e-11)
  }

  @Test(arguments: instances)
  func `a buyer's unit of utility changes nothing but its utility`(instance: MarketInstance) throws
  {
    let tables = MarketTables.random(instance)
    var draw = instance.sequence()
    let units = tables.budgets.map { _ in draw.pareto(shape: 0.5, minimum: 1e-3) }
    var scaled = tables
    scaled.values = zip(tables.values, units).map { row, unit in row.map { $0 * unit } }
    let (before, after) = (try solve(tables), try solve(scaled))
    #expect(MarketDeviation.relative(after.prices, before.prices) < 1e-11)
    let expected = zip(before.utilities, units).map { $0 * $1 }
    #expect(MarketDeviation.relative(after.utilities, expected) < 1e-11)
  }

  @Test(arguments: instances)
  func `goods in another unit keep their worth`(instance: MarketInstance) throws {
    let tables = MarketTables.random(instance)
    var draw = instance.sequence()
    let units = tables.supplies.map { _ in 0.01 + 100 * draw.unit() }
    var scaled = tables
    scaled.supplies = zip(tables.supplies, units).map { $0 * $1 }
    scaled.values = tables.values.map { row in zip(row, units).map { $0 / $1 } }
    let (before, after) = (try solve(tables), try solve(scaled))
    let expected = zip(before.prices, units).map { $0 / $1 }
    #expect(MarketDeviation.relative(after.prices, expected) < 1e-11)
    #expect(MarketDeviation.relative(after.utilities, before.utilities) < 1e-11)
  }

  @Test(arguments: instances)
  func `halves of a good cost what the good costs`(instance: MarketInstance) throws {
    let tables = MarketTables.random(instance)
    var split = tables
    let good = Int(instance.seed) % tables.supplies.count
    split.supplies[good] /= 2
    split.supplies.append(split.supplies[good])
    split.values = tables.values.map { $0 + [$0[good]] }
    let (before, after) = (try solve(tables), try solve(split))
    #expect(MarketDeviation.relative(after.prices, before.prices + [before.prices[good]]) < 1e-11)
    #expect(MarketDeviation.relative(after.utilities, before.utilities) < 1e-11)
  }

  @Test(arguments: instances)
  func `a buyer split in two buys what it bought`(instance: MarketInstance) throws {
    let tables = MarketTables.random(instance)
    var split = tables
    let buyer = Int(instance.seed) % tables.budgets.count
    split.budgets[buyer] *= 0.25
    split.budgets.append(0.75 * tables.budgets[buyer])
    split.values.append(tables.values[buyer])
    let (before, after) = (try solve(tables), try solve(split))
    #expect(MarketDeviation.relative(after.prices, before.prices) < 1e-11)
    #expect(
      MarketDeviation.relative([after.utilities[buyer]], [before.utilities[buyer] / 4]) < 1e-11)
  }

  @Test(arguments: instances)
  func `two markets side by side do not disturb one another`(instance: MarketInstance) throws {
    let (left, right) = (
      MarketTables.random(instance),
      MarketTables.random(MarketInstance(size: instance.size, seed: instance.seed + 100))
    )
    let none = Array(repeating: 0.0, count: instance.size)
    let both = MarketTables(
      values: left.values.map { $0 + none } + right.values.map { none + $0 },
      budgets: left.budgets + right.budgets, supplies: left.supplies + right.supplies)
    let expected = try solve(left).prices + solve(right).prices
    #expect(MarketDeviation.relative(try solve(both).prices, expected) < 1e-11)
  }
}
