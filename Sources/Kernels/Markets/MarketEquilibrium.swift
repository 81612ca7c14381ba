/// Prices and bundles of a Fisher market, with how well they are known.
///
/// Figures are in the market's own units and order; those per pair follow the market's pairs.
/// Prices and utilities of an equilibrium are unique, allocations are often not.
/// ``EquilibriumCertificate`` measures the answer again, without any code of a solver.
public struct MarketEquilibrium: Sendable, Equatable {
  /// Money per unit of each good; 0 for a good that no buyer with money wants.
  public let prices: [Double]
  /// Money that each pair carries.
  public let spending: [Double]
  /// Units that each pair carries.
  public let allocations: [Double]
  /// Utility of each buyer's bundle.
  public let utilities: [Double]
  /// Sweeps of proportional response.
  public let sweeps: Int
  /// Newton steps of the interior point.
  public let steps: Int
  /// Steps of conjugate gradients in all Newton steps.
  public let innerSteps: Int
  /// The certified gap at each checkpoint of the iteration.
  public let history: [GapCheckpoint]
  /// The certified gap of this answer: its loss of mean log utility is at most this.
  public let gap: Double
  public let status: Status

  /// Why the solver stopped.
  public enum Status: Sendable, Equatable {
    /// The polish found the equilibrium up to rounding.
    case exact
    /// The gap asked for was reached, and the polish was off or refused.
    case converged
    /// The limit of sweeps came first.
    case sweepLimit
    /// The limit of Newton steps came first.
    case stepLimit
    /// Rounding keeps the barrier from coming nearer, and the gap asked for was not reached.
    case stalled
    /// The caller cancelled.
    case cancelled
  }
}
