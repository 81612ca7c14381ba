/// How unequally amounts are spread over their holders.
///
///     let wealth = try Inequality(of: balances)
///     wealth.gini                    // 0: all equal, 1 - 1/n: one has all
///     wealth.topShare(of: 0.1)       // what the richest tenth holds
///     wealth.lorenzCurve(points: 101)
///
/// Sums are exact integers; each result is rounded once, in its division. Where there are no
/// amounts, or all are 0, the results are those of equal amounts. A radix sort puts the amounts in
/// order: O(n).
public struct Inequality: Sendable, Equatable {
  /// The amounts in ascending order, in the unit of the input.
  public let sorted: [Int64]

  /// The sum of the amounts.
  public let total: Int64

  /// Takes the amounts of all holders.
  ///
  /// - Throws: `InequalityError` for a negative amount or a sum of 2^63 or more.
  public init(of amounts: [Int64]) throws(InequalityError) {
    var sum: Int64 = 0
    for (index, amount) in amounts.enumerated() {
      guard amount >= 0 else { throw .negativeAmount(index: index, amount: amount) }
      let (next, overflow) = sum.addingReportingOverflow(amount)
      guard !overflow else { throw .totalTooLarge(index: index) }
      sum = next
    }
    total = sum
    sorted = Self.radixSorted(amounts)
  }

  /// Number of holders, n.
  public var count: Int { sorted.count }

  /// The Gini coefficient, 0...1 - 1/n: half the mean difference of two holders over the mean.
  ///
  /// The plain coefficient of the population, without the factor n / (n - 1) of samples. O(n).
  ///
  /// Formula: sum of (2i - n - 1) x_i over ascending x, i = 1...n, divided by n times the total
  /// (Sen, "On Economic Inequality", 1973).
  public var gini: Double {
    guard total > 0 else { return 0 }
    var weighted: Int128 = 0
    for (place, amount) in sorted.enumerated() {
      weighted += Int128(2 * place + 1 - count) * Int128(amount)
    }
    return Double(weighted) / Double(Int128(count) * Int128(total))
  }

  /// The share of the total, 0...1, that the richest `fraction` of the holders has.
  ///
  /// It is taken of the floor(fraction n) richest holders, for a fraction in 0...1. O(n).
  public func topShare(of fraction: Double) -> Double {
    let holders = headcount(fraction)
    return share(of: sorted.suffix(holders))
  }

  /// The share of the total, 0...1, that the poorest `fraction` of the holders has.
  ///
  /// It is taken of the floor(fraction n) poorest holders, for a fraction in 0...1. O(n).
  public func bottomShare(of fraction: Double) -> Double {
    let holders = headcount(fraction)
    return share(of: sorted.prefix(holders))
  }

  private func share(of holders: ArraySlice<Int64>) -> Double {
    guard total > 0 else { return count > 0 ? Double(holders.count) / Double(count) : 0 }
    return Double(holders.reduce(0, +)) / Double(total)
  }

  /// The floor of `fraction` times n, where 0.29 of 100 is 29 although the product is below.
  private func headcount(_ fraction: Double) -> Int {
    precondition((0...1).contains(fraction), "a share is taken of a fraction in 0...1")
    return min(count, Int(fraction * Double(count) * (1 + 0x1p-50)))
  }
}
