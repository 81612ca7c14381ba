import Foundation
import Kernels
import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite("Causality")
struct CausalityTests {
  private typealias A = CausalityArtifact

  private func run(
    _ parameters: Causality.Parameters, inputs: [String: String] = [:]
  ) async throws -> (reader: ArtifactReader, path: String) {
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(
      Causality.self, parameters, inputs: inputs, seed: 1, in: folder.path)
    _ = try StageHarness.report(Causality.self, parameters, files: files)
    let path = try #require(files["main"])
    return (try ArtifactReader(opening: path), path)
  }

  private func file(_ text: String, _ name: String = "net.json") throws -> Causality.Parameters {
    var parameters = Causality.Parameters()
    parameters.file = InputFile(path: try TemporaryFolder().write(text, to: name))
    return parameters
  }

  private let example = """
    {"events": [
      {"id": "e10", "partakers": ["ann", "bob"], "conversations": [["ann", "bob"]], "physical_ns": 7},
      {"id": "e9", "partakers": ["bob"]},
      {"id": "e1", "physical_ns": 12},
      {"id": "e2", "conversations": [["ann"], ["bob", "cyd"]]}],
     "edges": [["e9", "e10"], ["e1", "e10"], ["e10", "e2"]]}
    """

  @Test func `a net in JSON is ordered by the stated rule`() async throws {
    let main = try await run(file(example)).reader
    // Free at first: e1 before e9, digits counted as numbers.
    #expect(try main.read(A.logicalTime) == [2, 1, 0, 3])
    #expect(try main.read(A.layer) == [1, 0, 0, 2])
    #expect(try main.read(A.lamport) == [2, 1, 1, 3])
    #expect(try main.read(A.longest) == [2, 0, 3])
    #expect(try main.read(A.hybridTime) == [12, 0, 12, 12])
    #expect(try main.read(A.hybridCounter) == [1, 0, 0, 2])
    #expect(try main.scalar(A.layerCount) == 3)
    #expect(try main.scalar(A.pairs) == 12)
    #expect(try main.scalar(A.causal) == 5)
    #expect(try main.scalar(A.vectorFaults) == 0)
    #expect(try main.read(A.partakerName) == ["ann", "bob", "bob"])
    #expect(try main.read(A.memberName) == ["ann", "bob", "ann", "bob", "cyd"])
    #expect(try main.read(A.memberConversation) == [0, 0, 0, 1, 1])
  }

  @Test func `its own output is read as a net, with equal content`() async throws {
    let first = try await run(file(example))
    var parameters = Causality.Parameters()
    parameters.file = InputFile(path: first.path)
    let second = try await run(parameters)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: first.path))
        == Data(contentsOf: URL(fileURLWithPath: second.path)))
  }

  @Test(
    .enabled(if: InstalledTool.succeeds("python3", ["-c", "import h5py"]), "needs h5py"))
  func `a net that h5py wrote`() async throws {
    let folder = try TemporaryFolder()
    try folder.write(
      """
      import h5py, numpy as np
      with h5py.File("net.h5", "w") as f:
          f["event_id"] = np.array([b"a", b"b", b"c"])
          f["edge_cause"] = np.array([0, 1], dtype="i4")
          f["edge_effect"] = np.array([1, 2], dtype="u2")
      """, to: "make.py")
    let python = try #require(InstalledTool.path("python3"))
    #expect(try ChildProcess(["make.py"], executable: python, in: folder.path).wait().status == 0)
    var parameters = Causality.Parameters()
    parameters.file = InputFile(path: folder.path + "/net.h5")
    let main = try await run(parameters).reader
    #expect(try main.read(A.longest) == [0, 1, 2])
  }

  @Test func `a replay is a net in which clocks and causes agree`() async throws {
    let folder = try TemporaryFolder()
    let population = try await StageHarness.run(
      Population.self, .init(), seed: 3, in: TemporaryFolderPath.make(in: folder, "population"))
    var traffic = Traffic.Parameters()
    traffic.requests = 300
    let files = try await StageHarness.run(
      Traffic.self, traffic,
      inputs: [
        "population": try #require(population["main"]), "truth": try #require(population["truth"]),
      ], seed: 1, in: folder.path)
    var parameters = Causality.Parameters()
    parameters.checkedSources = 1000
    let inputs = ["traffic": try #require(files["main"])]
    let main = try await run(parameters, inputs: inputs).reader
    let count = Int(try main.scalar(A.eventCount))
    #expect(count > 600 && count <= 900)
    #expect(try main.scalar(A.pairs) == Int64(count * (count - 1)))
    let faults =
      try main.scalar(A.orderFaults) + main.scalar(A.lamportFaults) + main.scalar(A.vectorFaults)
      + main.scalar(A.hybridFaults)
    #expect(faults == 0)
    // Causality is part of time: an order by the simulated clock is an order of causes.
    let physical = try main.read(A.physical)
    let effects = try main.read(A.edgeEffect)
    #expect(
      zip(try main.read(A.edgeCause), effects).allSatisfy { physical[Int($0)] <= physical[Int($1)] }
    )
  }

  @Test func `a net of nothing`() async throws {
    let main = try await run(file(#"{"events": []}"#)).reader
    #expect(try main.scalar(A.eventCount) == 0 && main.scalar(A.layerCount) == 0)
  }

  @Test(arguments: [
    (
      #"{"events": [{"id": "a"}, {"id": "b"}, {"id": "c"}], "edges": [["a","b"],["b","c"],["c","b"]]}"#,
      "events cause one another in a circle: "
    ),
    (#"{"events": [{"id": "a"}], "edges": [["a", "x"]]}"#, "'x', which is none"),
    (#"{"events": [{"id": "a"}, {"id": "a"}]}"#, "there are two events 'a'"),
    (#"{"events": [{"id": "a", "time": 3}]}"#, "time"),
    (#"{"events": [{"id": "a"}], "edges": [["a"]]}"#, "line"),
    (#"{"edges": []}"#, "events"), ("[1]", "expected"),
  ])
  func `what is no net is refused with its place`(text: String, found: String) async throws {
    let parameters = try file(text)
    let error = await #expect(throws: DataError.self) { _ = try await run(parameters) }
    #expect(error?.description.contains(found) ?? false, "\(String(describing: error))")
    #expect(error?.subject == "net.json")
    if found.contains("circle") {
      let words = error?.description ?? ""
      #expect(words.contains("b -> c -> b") || words.contains("c -> b -> c"), "\(words)")
    }
  }

  @Test func `neither file nor replay, or both, is a mistake`() async throws {
    await #expect(throws: DataError.self) { _ = try await run(.init()) }
  }
}
