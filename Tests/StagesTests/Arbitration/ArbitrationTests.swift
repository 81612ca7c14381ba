import Foundation
import Pipeline
import Stages
import TestSupport
import Testing

/// A cloud with arbiters, run stage by stage.
struct Trial {
  let folder: TemporaryFolder
  let population: [String: String]
  let traffic: [String: String]

  init(nodes: Int, corruptShare: Double, severity: Double, requests: Int, seed: UInt64) async throws
  {
    folder = try TemporaryFolder()
    var cloud = Population.Parameters()
    cloud.nodes = nodes
    cloud.clients = 500
    cloud.corruptShare = corruptShare
    cloud.severity = severity
    population = try await StageHarness.run(
      Population.self, cloud, seed: seed, in: TemporaryFolderPath.make(in: folder, "population"))
    var replay = Traffic.Parameters()
    replay.requests = requests
    traffic = try await StageHarness.run(
      Traffic.self, replay,
      inputs: [
        "population": try #require(population["main"]), "truth": try #require(population["truth"]),
      ], seed: seed, in: TemporaryFolderPath.make(in: folder, "traffic"))
  }

  func judge(
    seed: UInt64 = 1, _ change: (inout Arbitration.Parameters) -> Void = { _ in }
  ) async throws -> [String: String] {
    var parameters = Arbitration.Parameters()
    change(&parameters)
    let name = "arbitration \(UUID().uuidString)"
    let files = try await StageHarness.run(
      Arbitration.self, parameters, inputs: ["events": try #require(traffic["main"])], seed: seed,
      in: TemporaryFolderPath.make(in: folder, name))
    _ = try StageHarness.report(Arbitration.self, parameters, files: files)
    return files
  }

  func assess(_ verdicts: [String: String]) async throws -> ArtifactReader {
    let files = try await StageHarness.run(
      Assessment.self, .init(),
      inputs: [
        "verdicts": try #require(verdicts["main"]), "truth": try #require(population["truth"]),
      ], seed: 1, in: TemporaryFolderPath.make(in: folder, "assessment \(UUID().uuidString)"))
    _ = try StageHarness.report(Assessment.self, .init(), files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }
}

@Suite("Arbitration")
struct ArbitrationTests {
  @Test func `has no slot for the hidden truth`() {
    let taken = Arbitration.inputs.flatMap(\.schemas).map(\.name)
    #expect(taken == ["traffic"])
  }

  @Test("finds nodes that always cheat, by either detector", arguments: Detector.allCases)
  func finds(detector: Detector) async throws {
    let trial = try await Trial(
      nodes: 20, corruptShare: 0.2, severity: 1, requests: 6000, seed: 5)
    let verdicts = try await trial.judge { parameters in
      parameters.detector = detector
      parameters.arbiterError = 0
      parameters.evidenceLoss = 0
    }
    let result = try await trial.assess(verdicts)
    let f1 = try #require(result.read("f1", as: Double.self).first)
    #expect(f1 > 0.7, "\(f1)")
  }

  @Test func `convicts nobody who was not complained of`() async throws {
    let trial = try await Trial(
      nodes: 20, corruptShare: 0.2, severity: 0.5, requests: 3000, seed: 2)
    let files = try await trial.judge()
    let reader = try ArtifactReader(opening: #require(files["main"]))
    let complaints = try reader.read("node_complaints", as: Int64.self)
    let verdicts = try reader.read("verdict", as: Int8.self)
    #expect(zip(complaints, verdicts).allSatisfy { $0 > 0 || $1 == 0 })
  }

  @Test func `a panel that always errs is wrong where a sound one is right`() async throws {
    let trial = try await Trial(
      nodes: 20, corruptShare: 0.2, severity: 1, requests: 6000, seed: 5)
    var rights: [Double] = []
    for error in [0.0, 1.0] {
      let verdicts = try await trial.judge { parameters in
        parameters.detector = .majority
        parameters.arbiterError = error
        parameters.evidenceLoss = 0
      }
      let result = try await trial.assess(verdicts)
      rights.append(try #require(result.read("case_accuracy", as: Double.self).first))
    }
    // Every vote is the opposite of the sound one, so every case is decided the other way.
    #expect(abs(rights[0] + rights[1] - 1) < 1e-12)
    #expect(rights[0] > rights[1])
  }

  @Test func `without traffic there is no case`() async throws {
    let trial = try await Trial(
      nodes: 1, corruptShare: 0, severity: 0, requests: 0, seed: 1)
    let files = try await trial.judge()
    let reader = try ArtifactReader(opening: #require(files["main"]))
    #expect(try reader.read("accused_count", as: Int64.self) == [0])
    #expect(try await trial.assess(files).read("has_both_classes", as: Int64.self) == [0])
  }
}
