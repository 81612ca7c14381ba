import Kernels
import Testing

@Suite struct ReceiverOperatingCurveTests {
  /// The area is scipy's Mann-Whitney U / 25; the precisions at the five positives are 1, 2/3,
  /// 3/4, 4/6 and 5/8.
  @Test func `ten scores with ties have known figures`() throws {
    let scores = [0.9, 0.8, 0.8, 0.7, 0.6, 0.55, 0.5, 0.5, 0.3, 0.1]
    let isPositive = [true, true, false, true, false, true, false, true, false, false]
    let curve = try #require(ReceiverOperatingCurve(scores: scores, isPositive: isPositive))
    #expect(curve.areaUnderCurve == 0.76)
    let precisions = 1 + 2.0 / 3 + 0.75 + 4.0 / 6 + 0.625
    #expect(abs(curve.averagePrecision - precisions / 5) < 1e-15)
    #expect(curve.points.count == 9)
    #expect(curve.points.map(\.threshold) == [.infinity, 0.9, 0.8, 0.7, 0.6, 0.55, 0.5, 0.3, 0.1])
    #expect(curve.points[2].truePositiveRate == 0.4 && curve.points[2].falsePositiveRate == 0.2)
  }

  @Test func `one class alone has no curve`() {
    #expect(ReceiverOperatingCurve(scores: [1, 2], isPositive: [true, true]) == nil)
    #expect(ReceiverOperatingCurve(scores: [1, 2], isPositive: [false, false]) == nil)
    #expect(ReceiverOperatingCurve(scores: [], isPositive: []) == nil)
  }

  @Test func `a constant score knows nothing`() throws {
    let curve = try #require(
      ReceiverOperatingCurve(scores: [1, 1, 1, 1], isPositive: [true, false, false, false]))
    #expect(curve.areaUnderCurve == 0.5)
    #expect(curve.averagePrecision == 0.25)
    #expect(curve.points.count == 2)
  }

  @Test func `a perfect score has area and precision 1`() throws {
    let curve = try #require(
      ReceiverOperatingCurve(scores: [3, 1, 4, 2], isPositive: [true, false, true, false]))
    #expect(curve.areaUnderCurve == 1 && curve.averagePrecision == 1)
  }

  @Test(arguments: [2, 10, 300], [3, 20, 100_000])
  func `the area is that of pairs and that under the points`(size: Int, levels: Int) throws {
    for seed in 1...5 as ClosedRange<UInt64> {
      var draw = RandomStream(seed: seed, name: "curve").sequence()
      let scores = (0..<size).map { _ in Double(draw.index(below: levels)) }
      let isPositive = [true, false] + (2..<size).map { _ in draw.unit() < 0.4 }
      let curve = try #require(ReceiverOperatingCurve(scores: scores, isPositive: isPositive))
      #expect(abs(curve.areaUnderCurve - areaOfPairs(scores, isPositive)) < 1e-12)
      #expect(abs(curve.areaUnderCurve - areaUnder(curve.points)) < 1e-12)
      let turned = ReceiverOperatingCurve(scores: scores.map { -$0 }, isPositive: isPositive)
      #expect(abs((turned?.areaUnderCurve ?? .nan) + curve.areaUnderCurve - 1) < 1e-12)
    }
  }

  private func areaOfPairs(_ scores: [Double], _ isPositive: [Bool]) -> Double {
    var (wins, pairs) = (0.0, 0.0)
    for i in scores.indices where isPositive[i] {
      for j in scores.indices where !isPositive[j] {
        pairs += 1
        wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0
      }
    }
    return wins / pairs
  }

  private func areaUnder(_ points: [ReceiverOperatingCurve.Point]) -> Double {
    zip(points, points.dropFirst()).reduce(0) { area, pair in
      let width = pair.1.falsePositiveRate - pair.0.falsePositiveRate
      return area + width * (pair.0.truePositiveRate + pair.1.truePositiveRate) / 2
    }
  }
}
