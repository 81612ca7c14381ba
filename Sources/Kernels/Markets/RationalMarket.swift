/// The numbers of a linear Fisher market as exact fractions, by buyer, good and pair.
public struct RationalMarket: Sendable {
  public var budgets: [Rational]
  public var supplies: [Rational]
  public var values: [Rational]

  /// Every number as the shortest decimal that names it.
  public init(_ market: FisherMarket) {
    budgets = market.budgets.compactMap { Rational($0) }
    supplies = market.supplies.compactMap { Rational($0) }
    values = market.values.compactMap { Rational($0) }
  }
}
