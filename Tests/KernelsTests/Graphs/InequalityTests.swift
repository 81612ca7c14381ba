import Kernels
import Testing

@Suite struct InequalityTests {
  private func amounts(_ count: Int, seed: Int, max bound: Int64) -> [Int64] {
    var draw = RandomStream(seed: UInt64(seed), name: "test.inequality").sequence()
    return (0..<count).map { _ in Int64.random(in: 0...bound, using: &draw) }
  }

  @Test(arguments: [1, 2, 10, 999])
  func `equal amounts have no inequality`(count: Int) throws {
    #expect(try Inequality(of: [Int64](repeating: 7, count: count)).gini == 0)
  }

  @Test(arguments: [1, 2, 4, 1_000])
  func `one who has all makes 1 - 1/n`(count: Int) throws {
    let amounts = [Int64](repeating: 0, count: count - 1) + [5]
    #expect(try Inequality(of: amounts).gini == Double(count - 1) / Double(count))
  }

  @Test(arguments: [1, 2, 4, 10, 1_000])
  func `the numbers from 1 to n have (n - 1) / 3n`(count: Int) throws {
    let wealth = try Inequality(of: (1...Int64(count)).reversed())
    #expect(wealth.gini == Double(count - 1) / Double(3 * count))
  }

  @Test(arguments: [2, 17, 60], 0..<10)
  func `it is half the mean difference over the mean`(count: Int, seed: Int) throws {
    let amounts = amounts(count, seed: seed, max: 1_000)
    var difference: Int64 = 0
    for a in amounts { for b in amounts { difference += abs(a - b) } }
    let total = amounts.reduce(0, +)
    let expected = Double(difference) / Double(2 * Int64(count) * total)
    #expect(abs(try Inequality(of: amounts).gini - expected) < 1e-15)
  }

  @Test(arguments: [0, 1, 2, 1_000, 20_000], [0, 1, 2_047, 2_048, 1 << 40, .max] as [Int64])
  func `the radix sort sorts`(count: Int, bound: Int64) throws {
    let amounts = amounts(count, seed: 3, max: min(bound, .max / Int64(max(count, 1))))
    #expect(try Inequality(of: amounts).sorted == amounts.sorted())
  }

  @Test func `shares count the holders at the top and at the bottom`() throws {
    let wealth = try Inequality(of: [40, 10, 20, 30, 0, 0, 0, 0, 0, 100])
    #expect(wealth.topShare(of: 0.1) == 0.5)
    #expect(wealth.topShare(of: 0.3) == 0.85)
    #expect(wealth.topShare(of: 0.39) == 0.85)
    #expect(wealth.bottomShare(of: 0.7) == 0.15)
    #expect(wealth.topShare(of: 0) == 0)
    #expect(wealth.topShare(of: 1) == 1)
    #expect(wealth.bottomShare(of: 1) == 1)
  }

  @Test(arguments: 0...100)
  func `a percentage of a hundred holders is that many`(percent: Int) throws {
    let wealth = try Inequality(of: [Int64](repeating: 1, count: 100))
    #expect(wealth.topShare(of: Double(percent) / 100) == Double(percent) / 100)
  }

  @Test func `the curve of 1, 2, 3, 4 passes through the running sums`() throws {
    let curve = try Inequality(of: [4, 3, 2, 1]).lorenzCurve(points: 5)
    #expect(curve.map(\.x) == [0, 0.25, 0.5, 0.75, 1])
    #expect(curve.map(\.y) == [0, 0.1, 0.3, 0.6, 1])
    let coarse = try Inequality(of: [4, 3, 2, 1]).lorenzCurve(points: 4)
    #expect(coarse[1] == LorenzPoint(x: 1.0 / 3, y: 5.0 / 30))
  }

  @Test(arguments: [2, 7, 101, 500], 0..<5)
  func `a curve rises from 0 to 1, convex and under the diagonal`(points: Int, seed: Int) throws {
    let curve = try Inequality(of: amounts(133, seed: seed, max: 1_000_000))
      .lorenzCurve(points: points)
    #expect(curve.count == points)
    #expect(curve.first == LorenzPoint(x: 0, y: 0))
    #expect(curve.last == LorenzPoint(x: 1, y: 1))
    let steps = zip(curve, curve.dropFirst()).map { $1.y - $0.y }
    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 <= $1 + 1e-12 })
    #expect(curve.allSatisfy { $0.y <= $0.x })
  }

  @Test(arguments: [1, 5, 133], 0..<5)
  func `twice the area above the curve is the coefficient`(count: Int, seed: Int) throws {
    let wealth = try Inequality(of: amounts(count, seed: seed, max: 1 << 50))
    let curve = wealth.lorenzCurve(points: count + 1)
    let area = zip(curve, curve.dropFirst())
      .reduce(0.0) { $0 + ($1.0.y + $1.1.y) / 2 * ($1.1.x - $1.0.x) }
    #expect(abs(1 - 2 * area - wealth.gini) < 1e-12)
  }

  @Test func `nothing to share counts as equal shares`() throws {
    let zeros = try Inequality(of: [0, 0, 0, 0])
    #expect(zeros.gini == 0)
    #expect(zeros.topShare(of: 0.5) == 0.5)
    #expect(zeros.lorenzCurve(points: 3).map(\.y) == [0, 0.5, 1])
    let none = try Inequality(of: [])
    #expect(none.gini == 0)
    #expect(none.topShare(of: 0.5) == 0)
    #expect(none.lorenzCurve(points: 3).map(\.y) == [0, 0.5, 1])
  }

  @Test func `amounts are neither negative nor 2 to the 63rd in all`() throws {
    #expect(try Inequality(of: [.max - 1, 1]).total == .max)
    #expect(throws: InequalityError.negativeAmount(index: 1, amount: -2)) {
      try Inequality(of: [1, -2])
    }
    #expect(throws: InequalityError.totalTooLarge(index: 1)) {
      try Inequality(of: [.max, 1])
    }
  }
}
