import Kernels
import Testing

@Suite struct MannWhitneyTests {
  private static let alternatives: [MannWhitneyTest.Alternative] = [.twoSided, .less, .greater]

  private func expect(
    _ test: MannWhitneyTest, by method: MannWhitneyTest.Method, equals expected: [Double]
  ) {
    for (alternative, scipy) in zip(Self.alternatives, expected) {
      let p = test.pValue(alternative, by: method)
      #expect(abs(p - scipy) <= 1e-12 && abs(p - scipy) <= 1e-10 * scipy, "\(alternative): \(p)")
    }
  }

  @Test(arguments: MannWhitneyCase.all)
  func `probabilities equal scipy's in every method and direction`(sample: MannWhitneyCase) {
    let test = MannWhitneyTest(sample.first, sample.second)
    #expect(test.u == sample.u)
    // Without ties only: with them scipy's exact method counts orders that cannot be.
    if !test.hasTies { expect(test, by: .exact, equals: sample.exact) }
    expect(test, by: .asymptotic, equals: sample.asymptotic)
    expect(test, by: test.methodOfScipy, equals: sample.automatic)
  }

  @Test(arguments: MannWhitneyCase.all.filter { $0.first.count <= 25 })
  func `sharing different values at random is ordering them at random`(sample: MannWhitneyCase) {
    let test = MannWhitneyTest(sample.first, sample.second)
    guard !test.hasTies else { return }
    expect(test, by: .permutation, equals: sample.exact)
  }

  /// All ways to share the pooled values, listed one by one in Python.
  @Test(arguments: [
    (
      [1.0, 2, 2, 3], [2.0, 3, 3, 4, 5],
      [0.15873015873015872, 0.07936507936507936, 0.9920634920634921]
    ),
    (
      [1, 2, 2, 3, 3, 3], [3, 4, 4, 5, 5, 6, 2],
      [0.030303030303030304, 0.015151515151515152, 0.9918414918414918]
    ),
  ])
  func `equal values are shared at random`(first: [Double], second: [Double], listed: [Double]) {
    expect(MannWhitneyTest(first, second), by: .permutation, equals: listed)
  }

  @Test func `the samples change places, and the directions with them`() {
    for sample in MannWhitneyCase.all {
      let test = MannWhitneyTest(sample.first, sample.second)
      let mirrored = MannWhitneyTest(sample.second, sample.first)
      #expect(abs(test.superiority + mirrored.superiority - 1) < 1e-15)
      for method in MannWhitneyTest.Method.allCases where method != .exact || !test.hasTies {
        guard method != .permutation || sample.first.count <= 25 else { continue }
        let (p, q) = (test.pValue(.less, by: method), mirrored.pValue(.greater, by: method))
        #expect(abs(p - q) < 1e-12)
      }
    }
  }

  @Test func `only the order of values counts`() {
    let (first, second) = ([1.0, 4, 9, 16, 36], [25.0, 49, 64, 81])
    let roots = MannWhitneyTest(first.map { $0.squareRoot() }, second.map { $0.squareRoot() })
    #expect(MannWhitneyTest(first, second) == roots)
  }

  @Test func `the method follows sizes and ties`() {
    let whole = (0..<60).map(Double.init)
    #expect(MannWhitneyTest(Array(whole[..<30]), Array(whole[30...])).method == .exact)
    #expect(MannWhitneyTest(whole, [0.5]).method == .asymptotic)
    #expect(MannWhitneyTest([1, 1], [2]).method == .permutation)
    #expect(MannWhitneyTest(whole, [1]).method == .asymptotic)
    #expect(MannWhitneyTest(Array(whole[..<8]), Array(whole[8...])).methodOfScipy == .exact)
    #expect(MannWhitneyTest(Array(whole[..<9]), Array(whole[9...])).methodOfScipy == .asymptotic)
  }
}
