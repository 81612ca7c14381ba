/// The only prices and bids with which a support forest can be an equilibrium.
struct ForestPrices: ~Copyable {
  /// By vertex: for a good its price, for a buyer the price of one unit of utility.
  let values: SolverColumn<Double>
  /// By vertex: money on the pair to its parent; at a root what it still needs, 0 up to rounding.
  let bids: SolverColumn<Double>

  init(vertexCount: Int) {
    values = SolverColumn(repeating: 0, count: vertexCount)
    bids = SolverColumn(repeating: 0, count: vertexCount)
  }
}
