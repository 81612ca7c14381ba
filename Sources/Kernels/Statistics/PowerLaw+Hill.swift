internal import Foundation

extension PowerLaw {
  /// The exponent a of a tail with density ~ x^-a from `minimum` on, by maximum likelihood.
  ///
  /// 1 + n / sum log(x / minimum) over the n values not below the minimum: Hill's estimator, as in
  /// Clauset, Shalizi, Newman, SIAM Review 51 (2009), equation 3.1. Nil where no value lies above
  /// the minimum. Its standard error is (a - 1) / sqrt(n).
  public static func hillExponent(of values: [Double], minimum: Double) -> Double? {
    precondition(minimum > 0)
    return hill(values.filter { $0 >= minimum }, minimum)
  }

  /// The exponent of whole numbers, whose first cell begins half a step below the minimum.
  ///
  /// Equation 3.7 there, good from a minimum of about 6; below that its bias grows.
  public static func hillExponent(of degrees: [Int], minimum: Int) -> Double? {
    precondition(minimum >= 1)
    return hill(degrees.filter { $0 >= minimum }.map(Double.init), Double(minimum) - 0.5)
  }

  private static func hill(_ tail: [Double], _ start: Double) -> Double? {
    let logarithms = tail.reduce(0.0) { $0 + log($1 / start) }
    return logarithms > 0 ? 1 + Double(tail.count) / logarithms : nil
  }
}
