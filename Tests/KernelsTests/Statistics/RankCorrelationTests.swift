import Kernels
import Testing

@Suite struct RankCorrelationTests {
  @Test func `equal values share the mean of their ranks`() {
    #expect(Midranks.of([30, 10, 10]) == [3, 1.5, 1.5])
    #expect(Midranks.of([]) == [])
    #expect(Midranks.of([5, 5, 5, 5]) == [2.5, 2.5, 2.5, 2.5])
  }

  /// scipy.stats.spearmanr and kendalltau.
  @Test func `correlations of ten pairs with ties are scipy's`() throws {
    let x = [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3]
    let y = [2.0, 7, 1, 8, 2, 8, 1, 8, 2, 8]
    let rho = try #require(RankCorrelation.spearman(x, y))
    let tau = try #require(RankCorrelation.kendall(x, y))
    #expect(abs(rho - 0.13471506281091267) < 1e-15)
    #expect(abs(tau - 0.13041013273932525) < 1e-15)
  }

  @Test func `a constant sequence ranks nothing`() {
    #expect(RankCorrelation.spearman([1, 1, 1], [1, 2, 3]) == nil)
    #expect(RankCorrelation.kendall([1, 2, 3], [4, 4, 4]) == nil)
    #expect(RankCorrelation.spearman([1], [2]) == nil)
    #expect(RankCorrelation.kendall([], []) == nil)
  }

  @Test func `rising functions agree wholly, falling ones not at all`() throws {
    let x = (0..<50).map(Double.init)
    for measure in [{ RankCorrelation.spearman($0, $1) }, RankCorrelation.kendall] {
      #expect(abs(try #require(measure(x, x.map { $0 * $0 })) - 1) < 1e-14)
      #expect(abs(try #require(measure(x, x.map { -$0 })) + 1) < 1e-14)
    }
  }

  @Test(arguments: [2, 3, 10, 150], [2, 5, 1000])
  func `Kendall's tau equals the count over all pairs`(size: Int, levels: Int) {
    for seed in 1...5 as ClosedRange<UInt64> {
      var draw = RandomStream(seed: seed, name: "ranks").sequence()
      let x = (0..<size).map { _ in Double(draw.index(below: levels)) }
      let y = (0..<size).map { _ in Double(draw.index(below: levels)) }
      let (fast, slow) = (RankCorrelation.kendall(x, y), kendallOverAllPairs(x, y))
      #expect((fast == nil) == (slow == nil))
      if let fast, let slow { #expect(abs(fast - slow) < 1e-14) }
    }
  }

  private func kendallOverAllPairs(_ x: [Double], _ y: [Double]) -> Double? {
    var (concordance, untiedX, untiedY) = (0.0, 0.0, 0.0)
    for i in x.indices {
      for j in 0..<i {
        let (signX, signY) = (sign(x[i] - x[j]), sign(y[i] - y[j]))
        concordance += signX * signY
        untiedX += abs(signX)
        untiedY += abs(signY)
      }
    }
    let pairs = (untiedX * untiedY).squareRoot()
    return pairs > 0 ? concordance / pairs : nil
  }

  private func sign(_ x: Double) -> Double { x > 0 ? 1 : x < 0 ? -1 : 0 }

  @Test func `two threads rank as one does`() {
    let x = (0..<1000).map { Double($0 * 7919 % 101) }
    let y = (0..<1000).map { Double($0 * 104_729 % 997) }
    #expect(RankCorrelation.spearman(x, y, threads: 2) == RankCorrelation.spearman(x, y))
  }
}
