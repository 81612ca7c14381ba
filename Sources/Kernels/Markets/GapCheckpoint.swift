/// The certified gap after a number of iterations: sweeps, or Newton steps.
public struct GapCheckpoint: Sendable, Equatable {
  public let iteration: Int
  public let gap: Double

  public init(iteration: Int, gap: Double) {
    self.iteration = iteration
    self.gap = gap
  }
}
