/// A good whose price is known beforehand and whose supply takes whatever money comes: kept money.
struct PinnedPrice {
  let good: Int
  /// What its supply is worth, in the units of a ``NormalisedMarket``.
  let price: Double
}
