import Foundation
import Kernels
import TestSupport
import Testing

@Suite struct PowerLawTests {
  @Test func `three degrees have probabilities 36, 9 and 4 of 49`() {
    let law = PowerLaw(exponent: 2, minimum: 1, maximum: 3)
    for (degree, parts) in [(1, 36.0), (2, 9), (3, 4), (0, 0), (4, 0)] {
      #expect(abs(law.probability(of: degree) - parts / 49) < 1e-15)
    }
    #expect(abs(law.mean - (36 + 18 + 12) / 49.0) < 1e-15)
    #expect(law.degree(0.73) == 1 && law.degree(0.74) == 2 && law.degree(0.95) == 3)
  }

  @Test func `the ends of the unit give the ends of the range`() {
    let law = PowerLaw(exponent: 2.5, minimum: 3, maximum: 500)
    #expect(law.degree(0) == 3 && law.degree(0x1p-53) == 3)
    #expect(law.degree(1 - 0x1p-53) == 500)
    #expect(PowerLaw(exponent: 2, minimum: 4, maximum: 4).degree(0.5) == 4)
  }

  @Test(arguments: [0, 1, 2.04, 3.5], [1, 5])
  func `an even grid of units gives each degree its probability`(exponent: Double, minimum: Int) {
    let law = PowerLaw(exponent: exponent, minimum: minimum, maximum: minimum + 40)
    let grid = 100_000
    var counts = [Int](repeating: 0, count: minimum + 41)
    for i in 0..<grid { counts[law.degree((Double(i) + 0.5) / Double(grid))] += 1 }
    for (degree, count) in counts.enumerated() {
      #expect(abs(Double(count) - law.probability(of: degree) * Double(grid)) < 1.001)
    }
  }

  /// The standard error is (a - 1) / sqrt(n); the cap at 10^6 shortens the tail a little.
  @Test(arguments: [2.2, 3], 1...3 as ClosedRange<UInt64>)
  func `Hill's estimator finds the exponent of what was drawn`(exponent: Double, seed: UInt64) {
    let law = PowerLaw(exponent: exponent, minimum: 10, maximum: 1_000_000)
    var draw = RandomStream(seed: seed, name: "degrees").sequence()
    let degrees = (0..<20_000).map { _ in law.degree(draw.unit()) }
    let estimate = PowerLaw.hillExponent(of: degrees, minimum: 10) ?? .nan
    #expect(abs(estimate - exponent) < 4 * (exponent - 1) / Double(20_000).squareRoot() + 0.005)
  }

  @Test func `three values have the exponent of the formula`() {
    // 1 + 3 / (log 1 + log 2 + log 4), the fourth value lies below the minimum.
    let estimate = PowerLaw.hillExponent(of: [5.0, 10, 20, 4.9], minimum: 5) ?? .nan
    #expect(abs(estimate - (1 + 1 / log(2.0))) < 1e-15)
  }

  @Test func `no tail has no exponent`() {
    #expect(PowerLaw.hillExponent(of: [1.0, 2], minimum: 3) == nil)
    #expect(PowerLaw.hillExponent(of: [3.0, 3], minimum: 3) == nil)
    #expect(PowerLaw.hillExponent(of: [Int](), minimum: 3) == nil)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `the degrees of Bitcoin OTC have exponents 1.99 and 2.04`() throws {
    let text = try String(
      contentsOfFile: SharedData.path("data/soc-sign-bitcoinotc.csv"), encoding: .utf8)
    var (out, into) = ([Int](repeating: 0, count: 7000), [Int](repeating: 0, count: 7000))
    for line in text.split(separator: "\n") {
      let fields = line.split(separator: ",")
      out[try #require(Int(fields[0]))] += 1
      into[try #require(Int(fields[1]))] += 1
    }
    #expect(abs((PowerLaw.hillExponent(of: out, minimum: 5) ?? .nan) - 1.9939767184516) < 1e-10)
    #expect(abs((PowerLaw.hillExponent(of: into, minimum: 5) ?? .nan) - 2.0400367992547) < 1e-10)
  }
}
