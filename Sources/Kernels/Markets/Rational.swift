internal import BigInt

/// An exact fraction in lowest terms, its denominator above 0.
///
/// Decimals are taken as they are written, so 0.1 is a tenth and not the double next to it.
public struct Rational: Sendable, Equatable, Comparable, CustomStringConvertible {
  /// Digits of an exponent beyond which a text is a mistake, not a number.
  private static let exponentMax = 5000

  private let numerator: BigInt
  private let denominator: BigInt

  private init(_ numerator: BigInt, _ denominator: BigInt) {
    let divisor = numerator.greatestCommonDivisor(with: denominator)
    let isNegative = denominator.sign == .minus
    let (a, b) = (numerator / divisor, denominator / divisor)
    (self.numerator, self.denominator) = isNegative ? (-a, -b) : (a, b)
  }

  public init(_ integer: Int) {
    (numerator, denominator) = (BigInt(integer), 1)
  }

  /// A double as the shortest decimal that names it; nil where it is not finite.
  public init?(_ value: Double) {
    self.init("\(value)")
  }

  /// `3`, `-2.50`, `1e-12` or `46/9`; nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let above = Self.decimal(parts[0]) else { return nil }
    guard parts.count == 2 else {
      self = above
      return
    }
    guard let below = Self.decimal(parts[1]), below.numerator != 0 else { return nil }
    self = above / below
  }

  private static func decimal(_ text: some StringProtocol) -> Rational? {
    let halves = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    guard let mantissa = halves.first, halves.count <= 2 else { return nil }
    let exponent = halves.count == 2 ? Int(halves[1]) : 0
    let places = mantissa.split(separator: ".", omittingEmptySubsequences: false)
    guard let exponent, abs(exponent) <= exponentMax, places.count <= 2 else { return nil }
    let fraction = places.count == 2 ? String(places[1]) : ""
    guard fraction.allSatisfy(\.isWholeNumber), let digits = BigInt(places[0] + fraction) else {
      return nil
    }
    let shift = exponent - fraction.count
    let scale = BigInt(10).power(abs(shift))
    return shift >= 0 ? Rational(digits * scale, 1) : Rational(digits, scale)
  }

  /// The nearest double; O(digits).
  ///
  /// A quotient of 63 or 64 bits with a sticky last one is rounded once.
  public var double: Double {
    let (above, below) = (numerator.magnitude, denominator.magnitude)
    guard above != 0 else { return 0 }
    let shift = below.bitWidth - above.bitWidth + 63
    let (quotient, rest) =
      shift >= 0
      ? (above << shift).quotientAndRemainder(dividingBy: below)
      : above.quotientAndRemainder(dividingBy: below << -shift)
    let bits = UInt64(quotient) | (rest == 0 ? 0 : 1)
    let magnitude = Double(sign: .plus, exponent: -shift, significand: Double(bits))
    return numerator.sign == .minus ? -magnitude : magnitude
  }

  public var description: String {
    denominator == 1 ? "\(numerator)" : "\(numerator)/\(denominator)"
  }

  public static func + (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator)
  }
  public static func - (a: Self, b: Self) -> Self {
    Self(a.numerator * b.denominator - b.numerator * a.denominator, a.denominator * b.denominator)
  }
  public static func * (a: Self, b: Self) -> Self {
    Self(a.numerator * b.numerator, a.denominator * b.denominator)
  }
  public static func / (a: Self, b: Self) -> Self {
    precondition(b.numerator != 0, "a divisor is not 0")
    return Self(a.numerator * b.denominator, a.denominator * b.numerator)
  }
  public static func < (a: Self, b: Self) -> Bool {
    a.numerator * b.denominator < b.numerator * a.denominator
  }
  static func += (a: inout Self, b: Self) { a = a + b }
  static func -= (a: inout Self, b: Self) { a = a - b }
}
