/// A node's clock, which is off by a skew and gains by a drift: it shows
/// `skewSeconds + (1 + driftShare) t` at true time t.
///
///     let clock = SkewedClock(skewSeconds: 0.25, driftPartsPerMillion: 40)
///     let shown = clock.reading(at: 3600)
///
/// Source: the affine model of Mills, "Computer Network Time Synchronization", 2nd edition (2011),
/// chapter 1; quartz drifts by some 10 to 100 parts per million.
public struct SkewedClock: Sendable, Equatable, BitwiseCopyable {
  /// What it shows at true time 0.
  public let skewSeconds: Double
  /// What it gains per second.
  public let driftShare: Double

  /// A clock; its drift must be above -1 000 000, so that it goes forward.
  public init(skewSeconds: Double = 0, driftPartsPerMillion: Double = 0) {
    precondition(skewSeconds.isFinite, "a skew that is no number")
    precondition(driftPartsPerMillion > -1e6 && driftPartsPerMillion < .infinity, "no clock")
    self.skewSeconds = skewSeconds
    driftShare = driftPartsPerMillion * 1e-6
  }

  /// What it shows at a true time, both in seconds.
  public func reading(at trueSeconds: Double) -> Double {
    skewSeconds + trueSeconds + driftShare * trueSeconds
  }

  /// The true time at which it shows a reading.
  public func trueTime(of reading: Double) -> Double {
    (reading - skewSeconds) / (1 + driftShare)
  }

  /// The largest error over true times from 0 to a horizon, in seconds.
  public func errorMax(until horizon: Double) -> Double {
    max(abs(skewSeconds), abs(skewSeconds + driftShare * horizon))
  }
}
