import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite("Arrivals from files and processes")
struct ArrivalsStageTests {
  private typealias A = ArrivalsArtifact

  @Test func `a CSV file with dates and services`() async throws {
    let main = try await run(
      "when,size\r\n2023-11-16 18:15:46.5,2\r\n2023-11-16 18:15:47,0.5\r\n2023-11-16 18:16:46.75,1"
    ) {
      $0.source = .csv
      $0.timeColumn = "when"
      $0.timeFormat = .date
      $0.workColumn = "size"
    }
    #expect(try main.read(A.time) == [0, 0.5, 60.25])
    #expect(try main.read(A.work) == [2, 0.5, 1])
    #expect(try main.scalar(A.rate) == 3 / 60.25)
  }

  @Test func `JSON lines in epoch milliseconds`() async throws {
    let main = try await run(
      "{\"t\": 1700000000123, \"w\": 3}\n\n{\"t\": 1700000000623, \"w\": 4}\n"
    ) {
      $0.source = .jsonLines
      $0.timeColumn = "t"
      $0.timeFormat = .milliseconds
      $0.workColumn = "w"
    }
    #expect(try main.read(A.time) == [0, 0.5] && main.read(A.work) == [3, 4])
  }

  @Test func `the workload format, with unknown run times`() async throws {
    let tail = " 1 -1 -1 1 -1 -1 1 1 1 -1 1 -1 -1 -1"
    let main = try await run(
      "; Version: 2.2\n 1 10 -1 5\(tail)\n 2 12 -1 -1\(tail)\n\n 3 12 -1 0\(tail)\n"
    ) { $0.source = .swf }
    #expect(try main.read(A.time) == [0, 2, 2])
    let works = try main.read(A.work)
    #expect(works[0] == 5 && works[1].isNaN && works[2] == 0)
  }

  @Test func `counts per interval`() async throws {
    let main = try await run("minute,count\n0,2\n1,0\n2,1\n") {
      $0.source = .rates
      $0.evenly = true
    }
    #expect(try main.read(A.time) == [15, 45, 150])
  }

  @Test(arguments: [
    (Arrivals.Source.csv, "time\n1\nx\n", "line 3, column 'time'"),
    (.csv, "time\n2\n1\n", "line 3"), (.csv, "at\n2\n", "a column 'time'"),
    (.jsonLines, "{\"time\": 1}\n[]\n", "line 2"), (.jsonLines, "{}\n", "line 1, key 'time'"),
    (.swf, "1 2 3\n", "18 fields"), (.rates, "count\n-1\n", "line 2, column 'count'"),
    (.historicLog, "nonsense", "byte"),
  ])
  func `a file that cannot be read says where`(
    source: Arrivals.Source, text: String, words: String
  ) async throws {
    let error = await #expect(throws: DataError.self) {
      _ = try await run(text) { $0.source = source }
    }
    #expect(error?.description.contains(words) ?? false, "\(String(describing: error))")
    #expect(error?.description.hasPrefix("trace.txt") ?? false)
  }

  @Test func `lenient reading counts what it left out`() async throws {
    let main = try await run("time\n5\nx\n3\n9\n") {
      $0.source = .csv
      $0.lenient = true
    }
    #expect(try main.read(A.time) == [0, 2, 6] && main.read(A.row) == [1, 0, 2])
    #expect(try main.scalar(A.skipped) == 1 && main.scalar(A.moved) == 1)
  }

  @Test func `scaling`() async throws {
    let main = try await run("time\n0\n1\n2\n3\n") {
      $0.source = .csv
      $0.warp = 2
      $0.loops = 2
      $0.copies = 3
    }
    #expect(try main.scalar(A.count) == 24 && main.scalar(A.read) == 4)
    #expect(try main.scalar(A.span) <= 4)
  }

  @Test func `drawn arrivals feed a queue and the traffic`() async throws {
    let folder = try TemporaryFolder()
    var parameters = Arrivals.Parameters()
    parameters.source = .selfExciting
    parameters.rate = 0.2
    parameters.count = 3000
    let drawn = try await StageHarness.run(Arrivals.self, parameters, seed: 5, in: folder.path)
    let inputs = ["arrivals": try #require(drawn["main"])]
    let queue = try await StageHarness.run(
      Queueing.self, .init(), inputs: inputs, seed: 5,
      in: TemporaryFolderPath.make(in: folder, "queue"))
    let figures = try ArtifactReader(opening: #require(queue["main"]))
    #expect(try figures.scalar(QueueingArtifact.customers) == 3000)
    #expect(try figures.scalar(QueueingArtifact.served) == 3000)
    let traffic = try await StageHarness.run(
      Traffic.self, .init(), inputs: inputs, seed: 5,
      in: TemporaryFolderPath.make(in: folder, "traffic"))
    let sent = try ArtifactReader(opening: #require(traffic["main"])).read(TrafficArtifact.sent)
    let times = try ArtifactReader(opening: #require(drawn["main"])).read(A.time)
    #expect(sent == times)
    // And an earlier run's requests are arrivals again.
    var again = Arrivals.Parameters()
    again.source = .hdf5
    again.file = InputFile(path: try #require(traffic["main"]))
    let files = try await StageHarness.run(
      Arrivals.self, again, seed: 1, in: TemporaryFolderPath.make(in: folder, "again"))
    let reread = try ArtifactReader(opening: #require(files["main"])).read(A.time)
    #expect(reread == times.map { $0 - times[0] })
  }

  /// D/D/1 from a record: service 2 at times 0, 1, 2 waits 0, 1, 2.
  @Test func `recorded services are those of the queue`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("time,work\n0,2\n1,2\n2,2\n", to: "trace.txt")
    var parameters = Arrivals.Parameters()
    parameters.source = .csv
    parameters.workColumn = "work"
    parameters.file = InputFile(path: path)
    let read = try await StageHarness.run(Arrivals.self, parameters, seed: 5, in: folder.path)
    let queue = try await StageHarness.run(
      Queueing.self, .init(), inputs: ["arrivals": try #require(read["main"])], seed: 5,
      in: TemporaryFolderPath.make(in: folder, "queue"))
    let figures = try ArtifactReader(opening: #require(queue["main"]))
    #expect(try figures.scalar(QueueingArtifact.waitMean) == 1)
    #expect(try figures.scalar(QueueingArtifact.horizon) == 6)
  }

  @Test(
    .enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `two public traces`() async throws {
    let azure = try await run(
      at: SharedData.path("data/traces/AzureLLMInferenceTrace_conv.csv")
    ) {
      $0.source = .csv
      $0.timeColumn = "TIMESTAMP"
      $0.timeFormat = .date
    }
    #expect(try azure.scalar(A.count) == 19_366)
    #expect(abs(try azure.scalar(A.span) - 3501.7) < 0.1)
    #expect(abs(try azure.scalar(A.gapVariation) - 1.20) < 0.01)
    let nasa = try await run(at: SharedData.path("data/traces/NASA-iPSC-1993-3.1-cln.swf")) {
      $0.source = .swf
    }
    #expect(try nasa.scalar(A.count) == 18_239)
    let works = try nasa.read(A.work)
    #expect(abs(works.reduce(0, +) / 18_239 - 765) < 1)
  }

  private func run(
    _ text: String, _ change: (inout Arrivals.Parameters) -> Void
  ) async throws -> ArtifactReader {
    let folder = try TemporaryFolder()
    return try await run(at: folder.write(text, to: "trace.txt"), change)
  }

  private func run(
    at path: String, _ change: (inout Arrivals.Parameters) -> Void
  ) async throws -> ArtifactReader {
    let folder = try TemporaryFolder()
    var parameters = Arrivals.Parameters()
    change(&parameters)
    parameters.file = InputFile(path: path)
    let files = try await StageHarness.run(Arrivals.self, parameters, seed: 2, in: folder.path)
    _ = try StageHarness.report(Arrivals.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }
}
