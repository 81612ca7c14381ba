import Kernels
import Pipeline

extension Queueing {
  /// A law of durations by its name; the squared variation is variance / mean^2.
  public enum Law: String, CaseIterable, Sendable {
    case exponential, deterministic
    /// From 0 to twice the mean; squared variation 1/3.
    case uniform
    /// The sum of equal exponential phases, 1 / squared variation of them, rounded.
    case erlang
    /// Two exponential phases of balanced means; squared variation from 1 on.
    case hyperexponential
    case lognormal
    /// The shape that gives the squared variation.
    case pareto
  }
}

extension Queueing.Law {
  /// - Throws: where the law has no such squared variation.
  func law(
    mean: Double, variation: Double, _ parameter: String
  ) throws(ParameterError) -> ServiceLaw {
    func check(_ holds: Bool, _ expected: String) throws(ParameterError) {
      guard holds else {
        throw ParameterError(
          parameter, "\(variation) is no squared variation of the law \(rawValue): \(expected)")
      }
    }
    switch self {
    case .exponential: return .exponential(mean: mean)
    case .deterministic: return .deterministic(mean)
    case .uniform: return .uniform(0...(2 * mean))
    case .erlang:
      try check(variation >= 0.001 && variation <= 1, "it lies in 0.001 ... 1")
      return .erlang(phases: Int((1 / variation).rounded()), mean: mean)
    case .hyperexponential:
      try check(variation >= 1, "it is 1 or more")
      return .hyperexponential(mean: mean, squaredVariation: variation)
    case .lognormal: return .lognormal(mean: mean, squaredVariation: variation)
    case .pareto:
      try check(variation > 0, "it is positive")
      // Squared variation 1 / (shape (shape - 2)).
      let shape = 1 + (1 + 1 / variation).squareRoot()
      return .pareto(shape: shape, minimum: mean * (shape - 1) / shape)
    }
  }
}
