/// What the values of a market's pairs mean: the kind of its buyers' utility functions.
///
/// All but the quasilinear one are homogeneous of degree 1, so an equilibrium maximises
/// `sum_i B_i log u_i` (Eisenberg, Gale, 1959; Eisenberg, 1961).
public enum MarketUtility: Sendable, Equatable {
  /// `u = sum v x`.
  case linear
  /// `u = sum v x + kept money`: a buyer keeps the money that no good repays.
  case quasilinear
  /// `u = (sum a x^rho)^(1 / rho)` with `rho < 1`, not 0: complements below 0, substitutes above.
  case ces(rho: Double)
  /// `u = prod x^a`, with exponents that are scaled to sum to 1.
  case cobbDouglas
  /// `u = min x / a`: `a` units of each good are needed for a unit of utility.
  case leontief
}
