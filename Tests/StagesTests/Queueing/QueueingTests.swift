import Pipeline
import TestSupport
import Testing

@testable import Stages

@Suite("Queueing")
struct QueueingTests {
  private typealias A = QueueingArtifact

  @Test func `records are those of the figures`() async throws {
    var parameters = Queueing.Parameters()
    parameters.customers = 5000
    parameters.servers = 3
    parameters.records = true
    let main = try await run(parameters)
    let queued = try main.read(A.visitQueued)
    let started = try main.read(A.visitStarted)
    #expect(queued.count == 5000)
    let waits = zip(queued, started).map { $1 - $0 }
    let mean = waits.reduce(0, +) / 5000
    #expect(abs(mean - (try main.scalar(A.waitMean))) < 1e-9)
    #expect(try main.scalar(A.littleResidual) < 1e-9)
    #expect(try main.read(A.visitNumber).sorted() == Array(0..<5000))
    // The same run without records gives the same figures.
    parameters.records = false
    parameters.laws = false
    let plain = try await run(parameters)
    #expect(try plain.scalar(A.waitMean) != 0 && plain.read(A.visitQueued).isEmpty)
  }

  @Test func `replications do not depend on the number of threads`() async throws {
    var parameters = Queueing.Parameters()
    parameters.customers = 2000
    parameters.replications = 7
    let one = try await run(parameters, threads: 1)
    let four = try await run(parameters, threads: 4)
    #expect(try one.read(A.waits) == four.read(A.waits))
    #expect(Set(try one.read(A.waits)).count == 7)
    #expect(try one.scalar(A.waitHalfWidth).isFinite)
    #expect(try one.read(A.waitQuantiles) == four.read(A.waitQuantiles))
  }

  @Test func `the closed form stands beside the simulation`() async throws {
    var parameters = Queueing.Parameters()
    parameters.servers = 4
    parameters.customers = 200_000
    let main = try await run(parameters)
    #expect(abs(try main.scalar(A.waitTheoryMean) - 0.7455405897342555) < 1e-12)
    #expect(abs(try main.scalar(A.waitMean) - 0.7455) < 0.1)
    parameters.serviceLaw = .erlang
    parameters.serviceVariation = 0.25
    #expect(try await run(parameters).scalar(A.waitTheoryMean).isNaN)
  }

  @Test func `a network's stations are alike`() async throws {
    var parameters = Queueing.Parameters()
    parameters.nodes = 20
    parameters.visits = 4
    parameters.customers = 20_000
    let main = try await run(parameters)
    let visits = try main.read(A.stationVisits)
    #expect(visits.count == 20)
    #expect(abs(Double(visits.reduce(0, +)) / 20_000 - 4) < 0.2)
    #expect(try main.read(A.stationUtilisation).allSatisfy { abs($0 - 0.8) < 0.1 })
  }

  @Test func `no message, one message, and a bound under overload`() async throws {
    var parameters = Queueing.Parameters()
    parameters.customers = 0
    #expect(try await run(parameters).scalar(A.events) == 0)
    parameters.customers = 1
    #expect(try await run(parameters).scalar(A.served) == 1)
    parameters.customers = 50_000
    parameters.utilisation = 1.2
    parameters.capacity = 10
    let main = try await run(parameters)
    #expect(try main.scalar(A.lost) > 5000 && main.scalar(A.inFlightMax) == 10)
  }

  @Test func `parameters that do not fit are refused`() {
    func message(_ change: (inout Queueing.Parameters) -> Void) -> String {
      var parameters = Queueing.Parameters()
      change(&parameters)
      do throws(ParameterError) {
        _ = try Queueing(parameters)
        return ""
      } catch {
        return error.reason
      }
    }
    let records = message {
      $0.records = true
      $0.replications = 2
    }
    #expect(records == "records are of one run, and replications is 2")
    #expect(message { ($0.servers, $0.capacity) = (4, 3) } == "3 is less than the 4 servers")
    #expect(
      message { ($0.serviceLaw, $0.serviceVariation) = (.hyperexponential, 0.5) }
        == "0.5 is no squared variation of the law hyperexponential: it is 1 or more")
  }

  private func run(
    _ parameters: Queueing.Parameters, threads: Int = 1
  ) async throws -> ArtifactReader {
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(
      Queueing.self, parameters, seed: 11, threads: threads, in: folder.path)
    _ = try StageHarness.report(Queueing.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }
}
