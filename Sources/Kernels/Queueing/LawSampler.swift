internal import CGSL
import Foundation

/// A service law made ready for an event loop: numbers only, and one switch to draw.
///
/// Every law but Erlang's is drawn by inversion from one number, so that two runs that differ in a
/// parameter use the same numbers for the same message.
struct LawSampler: BitwiseCopyable {
  private enum Kind: UInt8 {
    case exponential, constant, uniform, erlang, hyperexponential, lognormal, pareto, empirical
  }

  private let kind: Kind
  private var a = 0.0
  private var b = 0.0
  private var c = 0.0
  /// Phases, or where the values of an empirical law begin, and how many there are.
  private var start: Int32 = 0
  private var count: Int32 = 0

  /// `values` collects those of the empirical laws.
  init(_ law: ServiceLaw, values: inout [Double]) {
    switch law {
    case .deterministic(let value): (kind, a) = (.constant, value)
    case .uniform(let range):
      (kind, a, b) = (.uniform, range.lowerBound, range.upperBound - range.lowerBound)
    case .exponential(let mean): (kind, a) = (.exponential, -mean)
    case .erlang(let phases, let mean):
      (kind, a, count) = (.erlang, -mean / Double(phases), Int32(phases))
    case .hyperexponential(let share, let first, let second):
      (kind, a, b, c) = (.hyperexponential, share, -first, -second)
    case .lognormal(let mean, let variation):
      let variance = log1p(variation)
      (kind, a, b) = (.lognormal, log(mean) - variance / 2, variance.squareRoot())
    case .pareto(let shape, let minimum): (kind, a, b) = (.pareto, minimum, -1 / shape)
    case .empirical(let samples):
      (kind, start, count) = (.empirical, Int32(values.count), Int32(samples.count))
      values.append(contentsOf: samples)
    }
  }

  /// The duration that belongs to a number drawn evenly from (0, 1).
  ///
  /// Erlang laws draw the rest of what they need from `stream` at (`entity`, `purpose`).
  @inline(__always)
  func draw(
    _ unit: Double, _ stream: RandomStream, _ entity: UInt64, _ purpose: UInt64,
    _ values: borrowing Slab<Double>
  ) -> Double {
    if kind == .exponential { return a * log(unit) }
    if kind == .constant { return a }
    return drawOther(unit, stream, entity, purpose, values)
  }

  @inline(never)
  private func drawOther(
    _ unit: Double, _ stream: RandomStream, _ entity: UInt64, _ purpose: UInt64,
    _ values: borrowing Slab<Double>
  ) -> Double {
    switch kind {
    case .exponential, .constant, .uniform: return a + b * unit
    case .erlang: return a * (log(unit) + sumOfLogs(stream, entity, purpose))
    case .hyperexponential:
      return unit < a ? b * log(unit / a) : c * log((unit - a) / (1 - a))
    case .lognormal: return exp(a + b * gsl_cdf_ugaussian_Pinv(unit))
    case .pareto: return a * pow(unit, b)
    case .empirical: return values[Int(start) + min(Int(unit * Double(count)), Int(count) - 1)]
    }
  }

  /// Of all numbers of an Erlang law but the first.
  private func sumOfLogs(_ stream: RandomStream, _ entity: UInt64, _ purpose: UInt64) -> Double {
    var sum = 0.0
    var left = count - 1
    var part: UInt64 = 1
    while left > 0 {
      let block = stream.block(entity, purpose: purpose | part << 40)
      sum += log(left > 1 ? block.unit0 * block.unit1 : block.unit0)
      left -= 2
      part += 1
    }
    return sum
  }
}
