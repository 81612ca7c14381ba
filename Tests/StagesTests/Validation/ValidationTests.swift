import Foundation
import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite("Validation of queues")
struct ValidationTests {
  @Test func `cases from a file are simulated and compared`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      {"mm1": [{"lam": 0.3, "mu": 1, "Wq": 0.42857142857142855}],
       "mg1_pk": [{"lam": 0.3, "service": "uniform[0,2]"},
                  {"lam": 0.3, "service": "erlang-3 mean 1"}],
       "closed_mva": [{"visits": [1, 1], "service": [1, 1], "N": 5, "X": 0.8333333333333334}]}
      """, to: "cases.json")
    var parameters = Validation.Parameters()
    parameters.cases = InputFile(path: path)
    parameters.replications = 20
    parameters.customersMax = 100_000
    let files = try await StageHarness.run(
      Validation.self, parameters, seed: 4, threads: 2, in: folder.path)
    let main = try ArtifactReader(opening: #require(files["main"]))
    #expect(Set(try main.read(ValidationArtifact.caseName)).count == 4)
    #expect(try main.scalar(ValidationArtifact.formulaCount) == 2)
    #expect(try main.scalar(ValidationArtifact.formulaError) < 1e-12)
    // Runs this short may be too wide, but nothing may differ.
    #expect(try !main.read(ValidationArtifact.verdict).contains(2))
    _ = try StageHarness.report(Validation.self, parameters, files: files)
  }

  @Test(arguments: [
    ("[]", "a JSON object of lists of cases"), ("{}", "at least one case"),
    (#"{"mm2": [{}]}"#, "mm1, mmc, mg1_pk"), (#"{"mm1": [{"mu": 1}]}"#, "a positive number lam"),
    (#"{"mm1": [{"lam": 2, "mu": 1}]}"#, "a load below 1"),
    (#"{"mg1_pk": [{"lam": 0.5, "service": "gamma 2"}]}"#, "a service such as"),
    (#"{"jackson": [{"gamma": [1], "P": [[0, 1]], "mu": [2]}]}"#, "a square P"),
    (#"{"closed_mva": [{"visits": [1], "service": [1, 2], "N": 1}]}"#, "of one length"),
  ])
  func `a file that holds no cases says what was expected`(text: String, words: String) throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "cases.json")
    let error = #expect(throws: DataError.self) { _ = try ValidationCases(path: path) }
    #expect(error?.description.contains(words) ?? false, "\(String(describing: error))")
    #expect(error?.description.contains("cases.json") ?? false)
  }
}
