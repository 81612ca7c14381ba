import Kernels
import Pipeline
import Stages
import TestSupport
import Testing

/// A CPU pool that hands over, and one whose workers wait for the reply (requirement N24c).
@Suite("Routes into a queue")
struct HandoverTests {
  /// All through the CPU pool, one node of one server that takes 1 s, no time for the reply.
  private func parameters(
    workers: Int, front: Double, utilisation: Double, _ handover: Traffic.Handover
  ) -> Traffic.Parameters {
    var parameters = Traffic.Parameters()
    parameters.requests = 20_000
    parameters.utilisation = utilisation
    parameters.cpuPoolShare = 1
    parameters.memoryPoolShare = 0
    parameters.cpuPoolWorkers = workers
    parameters.cpuPoolMean = front
    parameters.cpuPoolHandover = handover
    parameters.replySeconds = 0
    return parameters
  }

  private func sojourns(_ parameters: Traffic.Parameters, runs: Int = 20) async throws -> [Double] {
    var means: [Double] = []
    for seed in 1...runs {
      let folder = try TemporaryFolder()
      let files = try await StageHarness.run(
        Traffic.self, parameters, seed: UInt64(seed), in: folder.path)
      let artifact = try ArtifactReader(opening: #require(files["main"]))
      let mean = try #require(artifact.read("sojourn_mean", as: Double.self).first)
      #expect(try artifact.read("cpu_pool_sojourn_mean", as: Double.self) == [mean])
      #expect(try #require(artifact.read("direct_sojourn_mean", as: Double.self).first).isNaN)
      means.append(mean)
    }
    return means
  }

  /// The worker is held for preparing (0.75 s) and service (1 s): an M/G/1 queue whose service is the
  /// sum of two exponential times (Pollaczek and Khinchine).
  @Test func `one worker that waits for the reply is a queue of its own`() async throws {
    let (rate, front) = (0.4, 0.75)
    let second = 2 * front * front + 2 + 2 * front
    let exact = rate * second / (2 * (1 - rate * (front + 1))) + front + 1
    let means = try await sojourns(
      parameters(workers: 1, front: front, utilisation: rate, .synchronous))
    let interval = MeanInterval(means, confidence: 0.999)
    #expect(interval.contains(exact), "\(interval.mean) ± \(interval.halfWidth), exact \(exact)")
    #expect(interval.halfWidth < 0.08 * exact)
  }

  /// Two workers and one server behind them: the chain of (requests, how many of them are at the node).
  @Test func `two workers in front of one server`() async throws {
    let (rate, front) = (0.45, 0.5)
    let exact = Self.chain(rate: rate, front: front, workers: 2)
    let means = try await sojourns(
      parameters(workers: 2, front: front, utilisation: rate, .synchronous))
    let interval = MeanInterval(means, confidence: 0.999)
    #expect(interval.contains(exact), "\(interval.mean) ± \(interval.halfWidth), exact \(exact)")
    #expect(interval.halfWidth < 0.08 * exact)
  }

  /// A hand-over makes two M/M/1 queues one behind the other (Burke).
  @Test func `one worker that hands over is the first of two queues`() async throws {
    let (rate, front) = (0.4, 0.75)
    let exact = 1 / (1 / front - rate) + 1 / (1 - rate)
    let means = try await sojourns(
      parameters(workers: 1, front: front, utilisation: rate, .asynchronous))
    let interval = MeanInterval(means, confidence: 0.999)
    #expect(interval.contains(exact), "\(interval.mean) ± \(interval.halfWidth), exact \(exact)")
  }

  @Test func `a request is never prepared while all workers wait`() async throws {
    var parameters = parameters(workers: 3, front: 0.2, utilisation: 0.7, .synchronous)
    parameters.requests = 2000
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(Traffic.self, parameters, seed: 5, in: folder.path)
    let artifact = try ArtifactReader(opening: #require(files["main"]))
    let queued = try artifact.read("queued_time", as: Double.self)
    let served = try artifact.read("served_time", as: Double.self)
    // At most three between the node's queue and its reply.
    var changes: [(time: Double, change: Int)] = []
    for time in queued { changes.append((time, 1)) }
    for time in served { changes.append((time, -1)) }
    changes.sort { $0.time == $1.time ? $0.change < $1.change : $0.time < $1.time }
    var present = 0
    for one in changes {
      present += one.change
      #expect(present <= 3)
    }
  }

  /// A client takes its replies one after another, in the order in which they come: the slow way.
  @Test func `replies wait in the client's own queue`() async throws {
    var parameters = Traffic.Parameters()
    parameters.requests = 3000
    parameters.nodes = 4
    parameters.replySeconds = 0.2
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(Traffic.self, parameters, seed: 9, in: folder.path)
    let artifact = try ArtifactReader(opening: #require(files["main"]))
    let served = try artifact.read("served_time", as: Double.self)
    let replied = try artifact.read("replied_time", as: Double.self)
    var free = 0.0
    var waited = 0
    for message in served.indices.sorted(by: { served[$0] < served[$1] }) {
      if free > served[message] { waited += 1 }
      free = max(free, served[message]) + 0.2
      #expect(replied[message] == free)
    }
    #expect(waited > 1000)
  }

  /// Nodes that obstruct keep a caller until it gives up.
  @Test func `a feigned failure holds the caller until the time-out`() throws {
    var cloud = Cloud()
    cloud.serviceLaw = [.deterministic]
    cloud.serviceMean = [1]
    cloud.servicePrice = [1]
    cloud.serviceDeadline = [.infinity]
    cloud.nodeServers = [1]
    cloud.nodeSpeed = [1]
    cloud.nodePriceFactor = [1]
    cloud.nodeQuality = [1]
    cloud.nodeConduct = [.obstruct]
    cloud.nodeSeverity = [1]
    cloud.offers = try [#require(Cloud.Offer(nodes: [0], weights: [1]))]
    cloud.routeShare = (1, 0, 0)
    cloud.timeoutSeconds = 10
    cloud.isCPUPoolSynchronous = true
    var replay = CloudReplay(
      cloud, stream: RandomStream(seed: 1, name: "traffic"), arrivals: .recorded([0, 1, 2]),
      epochMilliseconds: 0)
    var queued: [Double] = []
    let summary = try replay.run { (records: MessageRecords) throws(any Error) in
      queued += records.queued
    }
    // The second caller begins when the first gave up, later than its own time-out would be.
    #expect(queued == [0, 10, 11])
    #expect(summary.replies == 0)
  }

  /// The mean time in the system by the chain's steady state, up to 200 requests.
  private static func chain(rate: Double, front: Double, workers: Int) -> Double {
    let most = 200
    // State (n, j): n requests, j of the min(n, workers) that are held are at the node.
    var shares = [[Double]](
      repeating: [Double](repeating: 1 / Double(most * workers), count: workers + 1),
      count: most + 1)
    let step = 1 / (rate + Double(workers) / front + 1)
    for _ in 0..<60_000 {
      var next = shares.map { $0.map { _ in 0.0 } }
      for n in 0...most {
        let held = min(n, workers)
        for j in 0...held {
          let share = shares[n][j]
          var stay = 1.0
          func move(_ to: (Int, Int), _ speed: Double) {
            next[to.0][to.1] += share * speed * step
            stay -= speed * step
          }
          if n < most { move((n + 1, j), rate) }
          if held > j { move((n, j + 1), Double(held - j) / front) }
          if j > 0 { move((n - 1, j - 1), 1) }
          next[n][j] += share * stay
        }
      }
      shares = next
    }
    let whole = shares.reduce(0) { $0 + $1.reduce(0, +) }
    let mean = shares.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element.reduce(0, +) }
    return mean / whole / rate
  }
}
