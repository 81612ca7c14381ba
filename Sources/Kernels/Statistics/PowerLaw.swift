internal import Foundation

/// A discrete power law with a cap, such as the degrees of a network: P(k) ~ k^-exponent.
///
///     let degrees = PowerLaw(exponent: 2, minimum: 1, maximum: 763)
///     let degree = degrees.degree(draw.unit())
///
/// The law is tabulated, hence exact: O(maximum - minimum) memory and set-up, O(log) a draw.
public struct PowerLaw: Sendable, Equatable {
  public let exponent: Double
  public let minimum: Int
  public let maximum: Int
  private let cumulative: [Double]

  public init(exponent: Double, minimum: Int, maximum: Int) {
    precondition(minimum >= 1 && maximum >= minimum && exponent.isFinite)
    self.exponent = exponent
    self.minimum = minimum
    self.maximum = maximum
    // Relative to the minimum's, so that no weight overflows or all vanish.
    let weights = (minimum...maximum).map { pow(Double($0) / Double(minimum), -exponent) }
    let total = weights.reduce(0, +)
    var sum = 0.0
    cumulative = weights.map { weight in
      sum += weight
      return sum / total
    }
  }

  /// The degree at which the law's cumulative probability first exceeds `unit`, in 0 ..< 1.
  public func degree(_ unit: Double) -> Int {
    var low = 0
    var high = cumulative.count - 1
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > unit { high = middle } else { low = middle + 1 }
    }
    return minimum + low
  }

  /// P(k), 0 outside the range.
  public func probability(of degree: Int) -> Double {
    guard degree >= minimum && degree <= maximum else { return 0 }
    let place = degree - minimum
    return place == 0 ? cumulative[0] : cumulative[place] - cumulative[place - 1]
  }

  /// The expected degree.
  public var mean: Double {
    (minimum...maximum).reduce(0.0) { $0 + Double($1) * probability(of: $1) }
  }
}
