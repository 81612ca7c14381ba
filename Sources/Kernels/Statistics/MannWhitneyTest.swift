internal import CGSL

/// The Mann-Whitney U test of whether one of two samples tends to larger values than the other.
///
///     let test = MannWhitneyTest(base, new)
///     if test.pValue(.twoSided) < 0.01 { print("the two differ") }
///
/// Ranks only: an outlier counts as the largest value and no more. Source: Mann, Whitney, Annals of
/// Mathematical Statistics 18 (1947), for the statistic and the counting recurrence; Lehmann,
/// Nonparametrics (1975), 1.4, for ties. O(n log n), and O(m^2 n^2) for an exact probability.
public struct MannWhitneyTest: Sendable, Equatable {
  public enum Alternative: Sendable, CaseIterable {
    case twoSided
    /// The first sample tends to smaller values.
    case less
    /// The first sample tends to larger values.
    case greater
  }

  /// How the probability is found.
  public enum Method: Sendable, CaseIterable {
    /// By counting all orders of m + n different values; ties are ignored.
    case exact
    /// By counting all ways to share the pooled values, equal ones included, among the samples.
    case permutation
    /// By the normal law with corrections for ties and continuity.
    case asymptotic
  }

  /// Sizes of the samples.
  public let m: Int
  public let n: Int

  /// Pairs in which the first sample's value is the larger one; equal ones count a half.
  public let u: Double

  /// Twice the midranks of the pooled values, whole numbers, the first sample's before the other's.
  let doubledRanks: [Int]

  /// Sizes of the groups of equal values.
  let ties: [Int]

  /// Neither sample may be empty or hold a NaN.
  public init(_ first: [Double], _ second: [Double]) {
    precondition(!first.isEmpty && !second.isEmpty, "a sample without values")
    m = first.count
    n = second.count
    let ranks = Midranks.of(first + second)
    doubledRanks = ranks.map { Int(2 * $0) }
    u = ranks[..<m].reduce(0, +) - Double(m * (m + 1) / 2)
    ties = Dictionary(grouping: doubledRanks) { $0 }.map(\.value.count).sorted()
  }

  public var hasTies: Bool { ties.contains { $0 > 1 } }

  /// Exact up to 50 values a sample, with equal values up to 25; beyond them asymptotic.
  ///
  /// These are the limits of Go's benchstat, so that both print the same probability.
  public var method: Method {
    let larger = max(m, n)
    if hasTies { return larger <= 25 ? .permutation : .asymptotic }
    return larger <= 50 ? .exact : .asymptotic
  }

  /// The method that scipy.stats.mannwhitneyu, and with it Google's compare.py, chooses by itself.
  public var methodOfScipy: Method { min(m, n) <= 8 && !hasTies ? .exact : .asymptotic }

  /// The share of pairs in which the first sample's value is the larger one: 1/2 without a shift.
  public var superiority: Double { u / Double(m * n) }

  /// The probability of a U at least as extreme as this one if both samples came from one law.
  public func pValue(_ alternative: Alternative, by method: Method? = nil) -> Double {
    let tail = tail(by: method ?? self.method)
    let other = Double(m * n) - u
    switch alternative {
    case .greater: return min(1, tail(u, false))
    case .less: return min(1, tail(other, true))
    case .twoSided: return min(1, 2 * min(tail(u, false), tail(other, true)))
    }
  }

  /// P(U >= the given value), of the first sample or, mirrored, of the second.
  private func tail(by method: Method) -> (_ value: Double, _ isMirrored: Bool) -> Double {
    switch method {
    case .exact:
      let law = Self.orderingLaw(m, n)
      return { value, _ in law[Int(value)...].reversed().reduce(0, +) }
    case .permutation:
      let law = sharingLaw()
      return { value, isMirrored in
        let tail = isMirrored ? law[...(law.count - 1 - Int(2 * value))] : law[Int(2 * value)...]
        return tail.reduce(0, +)
      }
    case .asymptotic:
      let deviation = standardDeviation
      let mean = Double(m * n) / 2
      // Where all values are equal this divides by 0, and the tail of minus infinity is 1.
      return { value, _ in gsl_cdf_ugaussian_Q((value - mean - 0.5) / deviation) }
    }
  }

  /// The standard deviation of U, with the correction for equal values.
  private var standardDeviation: Double {
    let total = Double(m + n)
    let excess = ties.reduce(0.0) { $0 + Double($1 * $1 * $1 - $1) }
    let factor = (total + 1) - excess / (total * (total - 1))
    return (Double(m * n) / 12 * factor).squareRoot()
  }
}
