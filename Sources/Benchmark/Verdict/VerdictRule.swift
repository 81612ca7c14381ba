/// When a difference counts.
///
/// A regression needs three things at once, so that neither noise nor a difference that nobody
/// cares about stops a gate: the adjusted probability below `alpha`, the interval of the ratio of
/// medians on the far side of 1, and the ratio itself beyond `threshold`.
public struct VerdictRule: Sendable, Equatable {
  /// Fewer samples than this give no verdict: no order of 5 and 5 values is rare enough.
  public static let samplesMin = 6

  /// The smallest change that matters, as a share: 0.05 is 5 %.
  public var threshold = 0.05
  /// The chance of any false alarm among all cases that is put up with.
  public var alpha = 0.01
  /// Of every interval that is shown or used.
  public var confidence = 0.95
  /// Of the bootstrap.
  public var replicates = 2000
  /// Of the bootstrap's draws.
  public var seed: UInt64 = 1

  public init() {}

  /// How small the ratio may be within the threshold; dividing mirrors what multiplying does.
  var ratioMin: Double { 1 / (1 + threshold) }
  var ratioMax: Double { 1 + threshold }
}
