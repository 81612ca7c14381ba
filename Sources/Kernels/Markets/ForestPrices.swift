/// The only prices and bids with which a support forest can be an equilibrium.
struct ForestPrices {
  /// By vertex: for a good its price, for a buyer the price of one unit of utility.
  var values: [Double]
  /// By vertex: money on the pair to its parent; at a root what it still needs, 0 up to rounding.
  var bids: [Double]
}
