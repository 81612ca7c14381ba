import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Assessment")
struct AssessmentTests {
  @Test("counts every node once, whatever the share of corrupt ones", arguments: [0.0, 0.3, 1.0])
  func counts(share: Double) async throws {
    let trial = try await Trial(
      nodes: 20, corruptShare: share, severity: 0.6, requests: 3000, seed: 9)
    let result = try await trial.assess(trial.judge())
    func count(_ name: String) throws -> Int64 {
      try #require(result.read(name, as: Int64.self).first)
    }
    let (tp, fp) = (try count("true_positives"), try count("false_positives"))
    let (tn, fn) = (try count("true_negatives"), try count("false_negatives"))
    #expect(tp + fp + tn + fn == 20)
    #expect(try tp + fn == count("corrupt_count"))
    #expect(try count("corrupt_count") == Int64((share * 20).rounded()))
    let accuracy = try #require(result.read("accuracy", as: Double.self).first)
    #expect(abs(accuracy - Double(tp + tn) / 20) < 1e-12)
    for name in ["auc_posterior", "auc_votes", "auc_complaints", "auc_quality"] {
      let area = try #require(result.read(name, as: Double.self).first)
      #expect((0...1).contains(area), "\(name): \(area)")
      if share == 0 || share == 1 { #expect(area == 0.5) }
    }
  }

  @Test func `verdicts on another population are refused`() async throws {
    let one = try await Trial(nodes: 5, corruptShare: 0, severity: 0, requests: 10, seed: 1)
    let other = try await Trial(nodes: 6, corruptShare: 0, severity: 0, requests: 10, seed: 1)
    let verdicts = try await one.judge()
    await #expect(throws: DataError.self) { _ = try await other.assess(verdicts) }
  }
}
