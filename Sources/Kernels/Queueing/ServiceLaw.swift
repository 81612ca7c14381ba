/// A law of non-negative durations: of services, gaps between arrivals, patience, repairs.
///
/// All means and bounds are in the simulation's unit of time.
public enum ServiceLaw: Sendable, Equatable {
  case deterministic(Double)
  case uniform(ClosedRange<Double>)
  case exponential(mean: Double)
  /// The sum of `phases` exponential times; squared variation 1 / phases.
  case erlang(phases: Int, mean: Double)
  /// Exponential with mean `first` in a `share` of cases, else with mean `second`.
  case hyperexponential(share: Double, first: Double, second: Double)
  /// The logarithm is normal; `squaredVariation` is variance / mean^2.
  case lognormal(mean: Double, squaredVariation: Double)
  /// P(X > x) = (minimum / x)^shape; no mean up to shape 1, no variance up to 2.
  case pareto(shape: Double, minimum: Double)
  /// Each of the values with equal probability.
  case empirical([Double])

  /// A hyperexponential law with balanced means: each phase brings half of the work.
  ///
  /// Source: Allen, "Probability, Statistics, and Queueing Theory" (1990), section 3.2.
  public static func hyperexponential(mean: Double, squaredVariation: Double) -> ServiceLaw {
    let share = (1 + ((squaredVariation - 1) / (squaredVariation + 1)).squareRoot()) / 2
    return .hyperexponential(
      share: share, first: mean / (2 * share), second: mean / (2 * (1 - share)))
  }

  /// The first three moments E[X], E[X^2], E[X^3]; infinite where they do not exist.
  public var moments: (first: Double, second: Double, third: Double) {
    switch self {
    case .deterministic(let value): return (value, value * value, value * value * value)
    case .uniform(let range): return Self.moments(of: range)
    case .exponential(let mean): return (mean, 2 * mean * mean, 6 * mean * mean * mean)
    case .erlang(let phases, let mean):
      let (k, one) = (Double(phases), mean / Double(phases))
      return (mean, k * (k + 1) * one * one, k * (k + 1) * (k + 2) * one * one * one)
    case .hyperexponential(let share, let first, let second):
      let rest = 1 - share
      return (
        share * first + rest * second, 2 * (share * first * first + rest * second * second),
        6 * (share * first * first * first + rest * second * second * second)
      )
    case .lognormal(let mean, let variation):
      let spread = 1 + variation
      return (mean, mean * mean * spread, mean * mean * mean * spread * spread * spread)
    case .pareto(let shape, let minimum):
      return (
        Self.paretoMoment(1, shape, minimum), Self.paretoMoment(2, shape, minimum),
        Self.paretoMoment(3, shape, minimum)
      )
    case .empirical(let values):
      let count = Double(values.count)
      return (
        values.reduce(0, +) / count, values.reduce(0) { $0 + $1 * $1 } / count,
        values.reduce(0) { $0 + $1 * $1 * $1 } / count
      )
    }
  }

  public var mean: Double { moments.first }

  private static func moments(
    of range: ClosedRange<Double>
  ) -> (first: Double, second: Double, third: Double) {
    let (a, b) = (range.lowerBound, range.upperBound)
    return ((a + b) / 2, (a * a + a * b + b * b) / 3, (a + b) * (a * a + b * b) / 4)
  }

  private static func paretoMoment(_ order: Int, _ shape: Double, _ minimum: Double) -> Double {
    guard shape > Double(order) else { return .infinity }
    let power = (0..<order).reduce(1) { product, _ in product * minimum }
    return shape * power / (shape - Double(order))
  }

  /// What is wrong with the numbers of this law; nil where it is a law.
  public var fault: String? {
    switch self {
    case .deterministic(let value): Self.fault(value, "a duration")
    case .uniform(let range):
      Self.fault(range.lowerBound, "a lower bound")
        ?? Self.fault(range.upperBound, "an upper bound")
    case .exponential(let mean): Self.fault(mean, "a mean")
    case .erlang(let phases, let mean):
      phases < 1 || phases > 1000
        ? "\(phases) phases, expected 1 to 1000" : Self.fault(mean, "a mean")
    case .hyperexponential(let share, let first, let second):
      !(share >= 0 && share <= 1)
        ? "a share of \(share), expected 0 to 1"
        : Self.fault(first, "a mean") ?? Self.fault(second, "a mean")
    case .lognormal(let mean, let variation):
      Self.fault(mean, "a mean") ?? Self.fault(variation, "a squared variation")
    case .pareto(let shape, let minimum):
      !(shape > 0 && shape.isFinite)
        ? "a shape of \(shape), expected a positive number" : Self.fault(minimum, "a minimum")
    case .empirical(let values):
      values.isEmpty
        ? "no values" : values.lazy.compactMap { Self.fault($0, "a duration") }.first
    }
  }

  private static func fault(_ value: Double, _ what: String) -> String? {
    value >= 0 && value.isFinite ? nil : "\(what) of \(value), expected a finite number from 0 on"
  }
}
