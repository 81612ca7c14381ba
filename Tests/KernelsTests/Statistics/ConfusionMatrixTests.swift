import Kernels
import Testing

@Suite struct ConfusionMatrixTests {
  @Test func `ten verdicts are counted and measured`() {
    let truth = [true, true, true, true, false, false, false, false, false, false]
    let verdicts = [true, true, true, false, true, true, false, false, false, false]
    let matrix = ConfusionMatrix(verdicts: verdicts, truth: truth)
    #expect(matrix.truePositives == 3 && matrix.falseNegatives == 1)
    #expect(matrix.falsePositives == 2 && matrix.trueNegatives == 4)
    #expect(matrix.accuracy == 0.7)
    #expect(matrix.precision == 0.6)
    #expect(matrix.recall == 0.75)
    #expect(matrix.f1 == 6.0 / 9)
    #expect(matrix.falsePositiveRate == 2.0 / 6)
  }

  @Test func `an empty denominator gives 0`() {
    let nothing = ConfusionMatrix()
    #expect(nothing.accuracy == 0 && nothing.f1 == 0)
    #expect(nothing.precision == 0 && nothing.recall == 0)
    let silent = ConfusionMatrix(trueNegatives: 5)
    #expect(silent.accuracy == 1)
    #expect(silent.precision == 0 && silent.recall == 0 && silent.f1 == 0)
    #expect(silent.falsePositiveRate == 0)
    #expect(ConfusionMatrix(truePositives: 2).falsePositiveRate == 0)
  }

  @Test(arguments: 1...4 as ClosedRange<UInt64>)
  func `merged halves equal the whole and F1 is the harmonic mean`(seed: UInt64) {
    var draw = RandomStream(seed: seed, name: "confusion").sequence()
    let truth = (0..<200).map { _ in draw.unit() < 0.3 }
    let verdicts = truth.map { $0 != (draw.unit() < 0.2) }
    let whole = ConfusionMatrix(verdicts: verdicts, truth: truth)
    var merged = ConfusionMatrix(verdicts: Array(verdicts[..<70]), truth: Array(truth[..<70]))
    merged.merge(ConfusionMatrix(verdicts: Array(verdicts[70...]), truth: Array(truth[70...])))
    #expect(merged == whole && whole.count == 200)
    let (precision, recall) = (whole.precision, whole.recall)
    #expect(abs(whole.f1 - 2 * precision * recall / (precision + recall)) < 1e-15)
  }
}
