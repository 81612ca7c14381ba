/// The certified gap after a number of sweeps.
public struct GapCheckpoint: Sendable, Equatable {
  public let sweeps: Int
  public let gap: Double

  public init(sweeps: Int, gap: Double) {
    self.sweeps = sweeps
    self.gap = gap
  }
}
