import Foundation
import Kernels
import Pipeline
import Stages
import TestSupport
import Testing

@Suite("Traffic")
struct TrafficTests {
  private func run(
    _ change: (inout Traffic.Parameters) -> Void, inputs: [String: String] = [:], seed: UInt64 = 1,
    in folder: TemporaryFolder
  ) async throws -> [String: String] {
    var parameters = Traffic.Parameters()
    change(&parameters)
    return try await StageHarness.run(
      Traffic.self, parameters, inputs: inputs, seed: seed, in: folder.path)
  }

  private func direct(_ parameters: inout Traffic.Parameters) {
    parameters.cpuPoolShare = 0
    parameters.memoryPoolShare = 0
    parameters.replySeconds = 0
  }

  @Test(
    "an M/M/c queue waits as Erlang says, within the interval of 20 replications",
    arguments: [(1, 0.5, 1.0), (2, 0.5, 1.0 / 3), (4, 0.8, 0.7455405897342555)],
    [20_000])
  func erlang(model: (servers: Int, utilisation: Double, wait: Double), requests: Int) async throws
  {
    var means: [Double] = []
    for seed in 1...20 {
      let folder = try TemporaryFolder()
      let files = try await run(
        { parameters in
          direct(&parameters)
          parameters.requests = requests
          parameters.servers = model.servers
          parameters.utilisation = model.utilisation
        }, seed: UInt64(seed), in: folder)
      let reader = try ArtifactReader(opening: #require(files["main"]))
      means.append(try #require(reader.read("wait_mean", as: Double.self).first))
    }
    // Fixed seeds: the interval at 99.9 % holds today and tomorrow.
    let interval = MeanInterval(means, confidence: 0.999)
    #expect(interval.contains(model.wait), "\(interval.mean) ± \(interval.halfWidth)")
  }

  @Test func `every request is accounted for, in order, with an id of its own`() async throws {
    let folder = try TemporaryFolder()
    let population = try await StageHarness.run(
      Population.self, .init(), seed: 3, in: TemporaryFolderPath.make(in: folder, "population"))
    let files = try await run(
      { $0.requests = 5000 },
      inputs: [
        "population": try #require(population["main"]), "truth": try #require(population["truth"]),
      ], in: folder)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    let sent = try reader.read("sent_time", as: Double.self)
    #expect(sent.count == 5000)
    #expect(zip(sent, sent.dropFirst()).allSatisfy { $0 <= $1 })
    let outcomes = try reader.read("outcome", as: Int8.self)
    let served = try #require(reader.read("served_count", as: Int64.self).first)
    #expect(outcomes.count { $0 != 2 } == Int(served))
    let high = try reader.read("message_id_high", as: UInt64.self)
    let low = try reader.read("message_id_low", as: UInt64.self)
    #expect(Set(zip(high, low).map { "\($0) \($1)" }).count == 5000)
    #expect(high.allSatisfy { $0 >> 12 & 0xF == 7 })
    #expect(low.allSatisfy { $0 >> 62 == 2 })
    let started = try reader.read("started_time", as: Double.self)
    let queued = try reader.read("queued_time", as: Double.self)
    #expect(zip(queued, started).allSatisfy { $0 <= $1 })
  }

  @Test func `the simulation's mean number in system is Little's law`() async throws {
    let folder = try TemporaryFolder()
    let files = try await run(
      { parameters in
        direct(&parameters)
        parameters.requests = 3000
      }, in: folder)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    let sent = try reader.read("sent_time", as: Double.self)
    let replied = try reader.read("replied_time", as: Double.self)
    let horizon = try #require(reader.read("horizon", as: Double.self).first)
    let area = zip(sent, replied).reduce(0) { $0 + $1.1 - $1.0 }
    let mean = try #require(reader.read("number_in_system_mean", as: Double.self).first)
    #expect(abs(mean - area / horizon) <= 1e-9 * mean)
  }

  @Test("with nothing or one request to do ends well", arguments: [0, 1])
  func smallest(requests: Int) async throws {
    let folder = try TemporaryFolder()
    let files = try await run({ $0.requests = requests }, in: folder)
    let reader = try ArtifactReader(opening: #require(files["main"]))
    #expect(try reader.read("sent_time", as: Double.self).count == requests)
    _ = try StageHarness.report(Traffic.self, .init(), files: files)
  }

  @Test func `a log is replayed at its own times`() async throws {
    let folder = try TemporaryFolder()
    let log = RepositoryRoot.path + "/experiments/data/requests.queue"
    let files = try await run(
      { parameters in
        parameters.source = .historicLog
        parameters.log = InputFile(path: log)
      }, in: folder)
    let entries = try ArtifactReader(opening: #require(files["log"]))
    #expect(try entries.read("entry_count", as: Int64.self) == [403])
    #expect(try entries.read("request_count", as: Int64.self) == [401])
    #expect(try entries.read("marker_count", as: Int64.self) == [1])
    #expect(try entries.read("blank_count", as: Int64.self) == [1])
    let messages = try ArtifactReader(opening: #require(files["main"]))
    let sent = try messages.read("sent_time", as: Double.self)
    #expect(sent.count == 401)
    #expect(sent.first == 0)
  }

  @Test(
    "a damaged log or trace is refused with its place",
    arguments: [
      ("historic_log", "REQUEST#1#1:2", "byte 0"), ("csv", "time\n1\nx\n", "line 3, column 'time'"),
      ("csv", "when\n1\n", "line 1"), ("csv", "time\n2\n1\n", "line 3, column 'time'"),
      ("csv", "", "line 1"),
    ])
  func damagedInput(source: String, text: String, place: String) async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(text, to: "input.txt")
    let error = await #expect(throws: DataError.self) {
      try await run(
        { parameters in
          parameters.source = Traffic.Source(rawValue: source) ?? .csv
          parameters.log = InputFile(path: path)
        }, in: folder)
    }
    #expect(try #require(error).place.hasPrefix(place))
    #expect(try #require(error).subject == "input.txt")
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"),
    arguments: [
      ("REQUEST_REPLY.queue.17August2015", 1),
      ("REQUEST_REPLY.queue.VIRGOQueuePlusKingCobra.12February2016", 1),
    ])
  func `the logs that survive give their one request each`(name: String, requests: Int) async throws
  {
    let folder = try TemporaryFolder()
    let files = try await run(
      { parameters in
        parameters.source = .historicLog
        parameters.log = InputFile(path: SharedData.path("data/queues/" + name))
      }, in: folder)
    let messages = try ArtifactReader(opening: #require(files["main"]))
    #expect(try messages.read("sent_time", as: Double.self).count == requests)
  }
}
