import Foundation
import Kernels
import Pipeline
import TestSupport
import Testing

@testable import Stages

/// Each mechanism of the kernel, reached through the stage's parameters and compared with a closed form
/// or an exact chain.
///
/// Seeds are fixed: an interval that holds today holds tomorrow.
@Suite("Queueing, mechanism by mechanism")
struct QueueingMechanismTests {
  private typealias A = QueueingArtifact

  private func run(
    seed: UInt64 = 11, inputs: [String: String] = [:],
    _ change: (inout Queueing.Parameters) -> Void
  ) async throws -> ArtifactReader {
    var parameters = Queueing.Parameters()
    parameters.customers = 40_000
    parameters.warmup = 500
    parameters.steady = true
    parameters.replications = 20
    parameters.laws = false
    change(&parameters)
    let folder = try TemporaryFolder()
    let files = try await StageHarness.run(
      Queueing.self, parameters, inputs: inputs, seed: seed, threads: 2, in: folder.path)
    _ = try StageHarness.report(Queueing.self, parameters, files: files)
    return try ArtifactReader(opening: #require(files["main"]))
  }

  /// The number present, averaged over time, within the interval of the replications.
  private func expectNumber(
    _ exact: Double, _ artifact: ArtifactReader, _ place: SourceLocation = #_sourceLocation
  ) throws {
    let interval = MeanInterval(try artifact.read(A.numbers), confidence: 0.999)
    #expect(
      interval.contains(exact), "\(interval.mean) ± \(interval.halfWidth), exact \(exact)",
      sourceLocation: place)
    #expect(interval.halfWidth < 0.05 * exact, sourceLocation: place)
  }

  /// One server that takes up to three at once: the chain of (size of the batch in service, waiting).
  @Test func `batches`() async throws {
    let (rate, batch, most) = (1.8, 3, 120)
    let width = most + 1
    // State 0 is the empty station; 1 + (k - 1) width + n has k in service and n that wait.
    let chain = MarkovChain(states: 1 + batch * width) { state, move in
      guard state > 0 else { return move(1, rate) }
      let waiting = (state - 1) % width
      let next = min(waiting, batch)
      if waiting < most { move(state + 1, rate) }
      move(waiting == 0 ? 0 : 1 + (next - 1) * width + waiting - next, 1)
    }
    let exact = chain.mean { state in
      state == 0 ? 0 : Double((state - 1) / width + 1 + (state - 1) % width)
    }
    let artifact = try await run {
      $0.utilisation = rate
      $0.batch = batch
    }
    try expectNumber(exact, artifact)
  }

  /// Who finds three does not join: M/M/1/3.
  @Test func `balking at a length`() async throws {
    let theory = try #require(
      BirthDeathQueue(arrivalRate: 1.2, serviceRate: 1, servers: 1, capacity: 3))
    let artifact = try await run {
      $0.utilisation = 1.2
      $0.balkingFrom = 3
    }
    try expectNumber(theory.numberMean, artifact)
    let lost = Double(try artifact.scalar(A.balked)) / 800_000
    #expect(abs(lost - theory.blockingProbability) < 0.01)
    #expect(try artifact.scalar(A.lost) == artifact.scalar(A.balked))
  }

  /// Joining n with probability 1 / (1 + n): Poisson with mean lambda / mu.
  @Test func `balking at discouraging queues`() async throws {
    let artifact = try await run {
      $0.utilisation = 2
      $0.balkingRate = 1
    }
    try expectNumber(2, artifact)
  }

  /// Each that waits gives up at rate 1/2: birth and death with deaths 1 + (n - 1) / 2.
  @Test func `reneging`() async throws {
    let chain = MarkovChain(states: 60) { n, move in
      if n < 59 { move(n + 1, 1.25) }
      if n > 0 { move(n - 1, 1 + Double(n - 1) / 2) }
    }
    let artifact = try await run {
      $0.utilisation = 1.25
      $0.patienceMean = 2
    }
    try expectNumber(chain.mean(Double.init), artifact)
    let lost = Double(try artifact.scalar(A.reneged)) / 800_000
    #expect(abs(lost - (1 - (1 - chain.shares[0]) / 1.25)) < 0.01)
  }

  /// The stay in M/M/1 is exponential with rate mu - lambda.
  @Test func `deadlines that are kept and missed`() async throws {
    let artifact = try await run {
      $0.utilisation = 0.7
      $0.deadline = 4
    }
    let (late, inTime) = (try artifact.scalar(A.late), try artifact.scalar(A.inTime))
    #expect(late + inTime == 800_000)
    #expect(abs(Double(late) / 800_000 - exp(-0.3 * 4)) < 0.01)
    #expect(try artifact.read(A.classLate) == [late])
  }

  /// A speed of n with n present is as good as servers without number.
  @Test func `speeds that follow the number present`() async throws {
    let artifact = try await run {
      $0.utilisation = 2
      $0.speeds = (1...64).map(Double.init)
    }
    try expectNumber(2, artifact)
  }

  /// M/M/1 whose server fails after 5 s and is repaired in 1 s: the chain of (number, up).
  @Test func `breakdowns`() async throws {
    let chain = MarkovChain(states: 240) { state, move in
      let (n, isUp) = (state / 2, state % 2 == 0)
      if n < 119 { move(state + 2, 0.5) }
      if isUp { move(state + 1, 0.2) } else { move(state - 1, 1) }
      if isUp, n > 0 { move(state - 2, 1) }
    }
    let artifact = try await run {
      $0.utilisation = 0.5
      $0.workingMean = 5
      $0.repairMean = 1
    }
    try expectNumber(chain.mean { Double($0 / 2) }, artifact)
  }

  @Test(arguments: [Queueing.Discipline.priority, .preemptiveResume])
  func `two classes at one server`(discipline: Queueing.Discipline) async throws {
    let theory = try #require(PriorityQueueTheory(arrivalRates: [0.2, 0.5], serviceRate: 1))
    let artifact = try await run {
      $0.utilisation = 0.7
      $0.classShares = [2, 5]
      $0.discipline = discipline
    }
    let stays = try artifact.read(A.classSojourn)
    let waits = try artifact.read(A.classWait)
    for i in 0..<2 {
      if discipline == .priority {
        #expect(abs(waits[i] / theory.waitMean(i) - 1) < 0.04, "class \(i)")
      } else {
        #expect(abs(stays[i] / theory.preemptiveSojournMean(i) - 1) < 0.04, "class \(i)")
      }
    }
    #expect(try artifact.read(A.className) == ["class 0", "class 1"])
  }

  /// Five machines that run for 10 s and one repairer: p(n) = 5! / (5 - n)! 0.1^n p(0).
  @Test func `a closed network with thinking`() async throws {
    var weights = [1.0]
    for n in 0..<5 { weights.append(weights[n] * Double(5 - n) * 0.1) }
    let busy = 1 - 1 / weights.reduce(0, +)
    let artifact = try await run {
      $0.circulating = 5
      $0.thinkMean = 10
    }
    let utilisation = try artifact.read(A.stationUtilisation)
    #expect(utilisation.count == 2)
    #expect(abs(utilisation[0] - busy) < 0.005)
    #expect(try artifact.scalar(A.lost) == 0)
    let all = try artifact.read(A.numbers)
    #expect(all.allSatisfy { abs($0 - 5) < 1e-6 })
  }

  /// Three equal stations that three messages visit at random: each state alike, so a station is busy
  /// for 1 - C(4, 1) / C(5, 2) of the time.
  @Test func `a closed network without thinking`() async throws {
    let artifact = try await run {
      $0.nodes = 3
      $0.circulating = 3
      $0.visits = 2
    }
    #expect(try artifact.read(A.stationUtilisation).allSatisfy { abs($0 - 0.6) < 0.01 })
  }

  /// The shorter of two queues, the first of equals: the chain of both lengths.
  @Test func `the least loaded of two`() async throws {
    let (rate, width) = (1.4, 61)
    let chain = MarkovChain(states: width * width, steps: 6000) { state, move in
      let (a, b) = (state / width, state % width)
      if a <= b, a < width - 1 { move(state + width, rate) }
      if a > b { move(state + 1, rate) }
      if a > 0 { move(state - width, 1) }
      if b > 0 { move(state - 1, 1) }
    }
    let artifact = try await run {
      $0.nodes = 2
      $0.utilisation = 0.7
      $0.routing = .leastLoaded
    }
    try expectNumber(chain.mean { Double($0 / width + $0 % width) }, artifact)
  }

  @Test func `each type at its own stations`() async throws {
    let artifact = try await run {
      $0.nodes = 4
      $0.classShares = [1, 3]
      $0.routing = .byType
      $0.utilisation = 0.4
      $0.visits = 2
    }
    // Stations 0 and 2 serve class 0 and are loaded by half, 1 and 3 by one and a half.
    let busy = try artifact.read(A.stationUtilisation)
    for (i, load) in [0.2, 0.6, 0.2, 0.6].enumerated() { #expect(abs(busy[i] - load) < 0.01) }
    let numbers = try artifact.read(A.stationNumber)
    #expect(abs(numbers[1] - 1.5) < 0.08 && abs(numbers[0] - 0.25) < 0.02)
  }

  @Test func `better stations are asked more often`() async throws {
    let artifact = try await run {
      $0.nodes = 3
      $0.qualities = [0.2, 0.3, 0.5]
      $0.routing = .byQuality
      $0.utilisation = 0.5
    }
    let busy = try artifact.read(A.stationUtilisation)
    for (i, load) in [0.3, 0.45, 0.75].enumerated() { #expect(abs(busy[i] - load) < 0.01) }
    let numbers = try artifact.read(A.stationNumber)
    for (i, load) in [0.3, 0.45, 0.75].enumerated() {
      #expect(abs(numbers[i] / (load / (1 - load)) - 1) < 0.05)
    }
  }

  /// Seven stations in a binary tree, each handing half of what it serves to its superior: a Jackson
  /// network, whose root has the load that was asked for.
  @Test func `a reporting tree`() async throws {
    let artifact = try await run {
      $0.nodes = 7
      $0.visits = 2
      $0.routing = .reportingTree
      $0.utilisation = 0.75
    }
    // Flows: leaves 1, above them 1 + 2 / 2 = 2, the root 1 + 4 / 2 = 3.
    let loads = [0.75, 0.5, 0.5, 0.25, 0.25, 0.25, 0.25]
    let busy = try artifact.read(A.stationUtilisation)
    for (i, load) in loads.enumerated() { #expect(abs(busy[i] - load) < 0.01) }
    try expectNumber(loads.reduce(0) { $0 + $1 / (1 - $1) }, artifact)
  }

  @Test func `service types of a file, with their deadlines`() async throws {
    let folder = try TemporaryFolder()
    let path = try folder.write(
      """
      services:
        urgent: {price: 3, law: deterministic, mean_s: 0.5, deadline_s: 1}
        slow: {price: 9, law: erlang2, mean_s: 2}
      """, to: "services.yaml")
    let artifact = try await run {
      $0.services = InputFile(path: path)
      $0.classShares = [4, 1]
      $0.discipline = .preemptiveResume
      $0.utilisation = 0.8
    }
    #expect(try artifact.read(A.className) == ["urgent", "slow"])
    // Mean service 0.8 s, so one message a second; urgent ones see a queue of their own, M/D/1 with
    // load 0.4: wait 0.4 x 0.5 / (2 x 0.6).
    let stays = try artifact.read(A.classSojourn)
    #expect(abs(stays[0] - (0.5 + 0.2 / 1.2)) < 0.01)
    #expect(abs(try artifact.scalar(A.utilisation) - 0.8) < 0.02)
    let late = try artifact.read(A.classLate)
    #expect(late[0] > 0 && late[1] == 0)
    #expect(try artifact.scalar(A.late) == late[0])
  }

  @Test func `recorded arrivals of two classes`() async throws {
    let folder = try TemporaryFolder()
    var arrivals = Arrivals.Parameters()
    arrivals.count = 3000
    let files = try await StageHarness.run(Arrivals.self, arrivals, seed: 2, in: folder.path)
    let artifact = try await run(inputs: ["arrivals": try #require(files["main"])]) {
      $0.classShares = [1, 2]
      $0.warmup = 0
      $0.records = true
      $0.replications = 1
      $0.serviceMean = 0.1
    }
    let classes = try artifact.read(A.visitClass)
    #expect(classes.count == 3000)
    #expect(abs(classes.count { $0 == 1 } - 2000) < 150)
  }

  @Test(arguments: [
    ("balking_rate", "not by both"), ("batch", "cannot be interrupted"),
    ("routing", "by_type needs"),
    ("qualities", ": give one for each"), ("think_mean", "no messages circulate"),
    ("circulating", "cannot balk"), ("capacity", "never lost"), ("nodes", "at most 2000"),
    ("visits", "which is for one visit"), ("patience_variation", "no squared variation"),
  ])
  func `parameters that do not go together are named`(name: String, reason: String) {
    var parameters = Queueing.Parameters()
    switch name {
    case "balking_rate": (parameters.balkingFrom, parameters.balkingRate) = (2, 1)
    case "batch": (parameters.batch, parameters.discipline) = (2, .preemptiveResume)
    case "routing": (parameters.routing, parameters.classShares) = (.byType, [1, 1])
    case "qualities": parameters.routing = .byQuality
    case "think_mean": parameters.thinkMean = 1
    case "circulating": (parameters.circulating, parameters.balkingFrom) = (3, 1)
    case "capacity": (parameters.circulating, parameters.capacity) = (3, 2)
    case "nodes": (parameters.nodes, parameters.routing) = (2001, .leastLoaded)
    case "visits": (parameters.visits, parameters.routing) = (2, .leastLoaded)
    default:
      parameters.patienceMean = 1
      (parameters.patienceLaw, parameters.patienceVariation) = (.hyperexponential, 0.5)
    }
    let error = #expect(throws: ParameterError.self) { _ = try Queueing(parameters) }
    #expect(error?.parameter == name)
    #expect(error?.reason.contains(reason) ?? false, "\(String(describing: error))")
  }
}
