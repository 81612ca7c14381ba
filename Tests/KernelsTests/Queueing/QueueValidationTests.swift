import Foundation
import Kernels
import Testing

/// A part of `make validate` that ends soon; all seeds are fixed, so a pass stays a pass.
@Suite("Simulated queues against closed forms")
struct QueueValidationTests {
  private static let cases: [QueueCase] = [
    QueueCase.birthDeath(arrivalRate: 0.7, serviceRate: 1),
    QueueCase.birthDeath(arrivalRate: 2.4, serviceRate: 1, servers: 4),
    QueueCase.birthDeath(arrivalRate: 0.8, serviceRate: 1, capacity: 5),
    QueueCase.birthDeath(arrivalRate: 4.4, serviceRate: 1, servers: 4, capacity: 6),
    QueueCase.singleServer(arrivalRate: 0.5, service: .deterministic(1), name: "D"),
    QueueCase.singleServer(arrivalRate: 0.5, service: .uniform(0...2), name: "U"),
    QueueCase.singleServer(arrivalRate: 0.5, service: .erlang(phases: 4, mean: 1), name: "E4"),
    QueueCase.singleServer(
      arrivalRate: 0.5, service: .hyperexponential(mean: 1, squaredVariation: 2), name: "H2"),
    QueueCase.singleServer(
      arrivalRate: 0.5, service: .lognormal(mean: 1, squaredVariation: 0.5), name: "LN"),
    QueueCase.priorities(arrivalRates: [0.2, 0.4], serviceRate: 1, isPreemptive: false),
    QueueCase.priorities(arrivalRates: [0.2, 0.4], serviceRate: 1, isPreemptive: true),
    QueueCase.jackson(
      entryRates: [1, 0.5, 0], routing: [[0, 0.6, 0.4], [0.2, 0, 0.5], [0.1, 0.3, 0]],
      serviceRates: [4, 4, 5], servers: [1, 1, 2]),
    QueueCase.closed(visits: [1, 0.5, 0.5], serviceMeans: [0.05, 0.08, 0.04], population: 6),
    QueueCase.closed(visits: [0.5, 0.2], serviceMeans: [1, 1], population: 3),
  ].compactMap { $0 }

  @Test(arguments: cases.indices)
  func `a case holds by the stated rule`(index: Int) async throws {
    #expect(Self.cases.count == 14)
    let results = try await check(Self.cases[index])
    for result in results {
      #expect(
        result.passes,
        """
        \(result.caseName), \(result.quantity): exact \(result.exact), \
        mean \(result.mean) +- \(result.halfWidth)
        """)
    }
  }

  @Test func `a wrong law fails`() async throws {
    let right = try #require(QueueCase.birthDeath(arrivalRate: 0.7, serviceRate: 1))
    let other = try #require(
      QueueCase.singleServer(
        arrivalRate: 0.7, service: .erlang(phases: 20, mean: 1), name: "not exponential"))
    let results = try await check(right, simulating: other.network)
    let faults = results.filter { !$0.passes }.map(\.quantity)
    #expect(faults.contains("Wq") && faults.contains("L") && faults.contains("T p99"))
    #expect(!faults.contains("utilisation"))
  }

  /// M/M/1 with arrivals that join n present ones with probability 1 / (1 + n): the number present
  /// is Poisson with mean lambda / mu.
  @Test func `discouraged arrivals`() async throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1))]
    network.stations[0].balking = .discouraged(rate: 1)
    network.sources = [.init(gap: .exponential(mean: 0.5))]
    try await expect(network, number: 2, lost: 1 - (1 - exp(-2)) / 2)
  }

  /// M/M/1 in which each waiting message gives up at rate theta: birth and death with deaths
  /// mu + (n - 1) theta.
  @Test func `impatient messages`() async throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1))]
    network.classes = [.init(patience: .exponential(mean: 2))]
    network.sources = [.init(gap: .exponential(mean: 0.8))]
    let (number, idle) = birthDeath(arrivals: 1.25) { 1 + Double($0 - 1) * 0.5 }
    try await expect(network, number: number, lost: 1 - (1 - idle) / 1.25)
  }

  /// A server that works at speed n with n present: as if there were servers without number.
  @Test func `speeds that follow the number present`() async throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1))]
    network.stations[0].speeds = (1...64).map(Double.init)
    network.sources = [.init(gap: .exponential(mean: 0.5))]
    try await expect(network, number: 2, lost: 0)
  }

  /// M/M/1 whose server fails and is repaired, at work or not: a chain of (number, state).
  @Test func `breakdowns and repairs`() async throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1))]
    network.stations[0].breakdown = .init(
      working: .exponential(mean: 5), repair: .exponential(mean: 1))
    network.sources = [.init(gap: .exponential(mean: 2))]
    try await expect(network, number: chainWithOutages(0.5, 1, fail: 0.2, repair: 1), lost: 0)
  }

  private func check(
    _ one: QueueCase, simulating network: QueueNetwork? = nil
  ) async throws -> [QueueValidation.Result] {
    var validation = QueueValidation()
    validation.threads = 2
    validation.customersMax = 1 << 21
    let tested = network.map { one.simulating($0) } ?? one
    return try await validation.check(
      tested, comparisons: one.quantities.count,
      stream: RandomStream(seed: 20_261_126, name: one.name))
  }

  /// Replications of a network by hand, where no family has a closed form.
  private func expect(
    _ network: QueueNetwork, number: Double, lost: Double,
    _ place: SourceLocation = #_sourceLocation
  ) async throws {
    let runs = try await Replications.run(20, threads: 2) { index in
      let stream = RandomStream(seed: UInt64(index), name: "validation")
      var simulation = try NetworkSimulation(
        network, .init(warmup: 2000, customers: 40_000, isSteady: true), stream: stream)
      while simulation.advance(events: 1 << 20) {}
      let run = simulation.summary
      return [run.numberInSystemMean, Double(run.customers - run.served) / Double(run.customers)]
    }
    let numbers = MeanInterval(runs.map { $0[0] }, confidence: 0.999, comparisons: 2)
    let losses = MeanInterval(runs.map { $0[1] }, confidence: 0.999, comparisons: 2)
    #expect(numbers.contains(number), "\(numbers) for \(number)", sourceLocation: place)
    #expect(numbers.halfWidth < 0.05 * number, sourceLocation: place)
    #expect(losses.contains(lost), "\(losses) for \(lost)", sourceLocation: place)
  }

  /// Mean number and idle share of a birth-death chain.
  private func birthDeath(
    arrivals: Double, deaths: (Int) -> Double
  ) -> (number: Double, idle: Double) {
    var weights = [1.0]
    for n in 1...200 { weights.append(weights[n - 1] * arrivals / deaths(n)) }
    let total = weights.reduce(0, +)
    let number = weights.indices.reduce(0) { $0 + Double($1) * weights[$1] }
    return (number / total, 1 / total)
  }

  /// Mean number of an M/M/1 queue with outages, by iterating the embedded uniform chain.
  private func chainWithOutages(
    _ arrivals: Double, _ services: Double, fail: Double, repair: Double
  ) -> Double {
    let size = 120
    let rate = arrivals + services + fail + repair
    var up = [Double](repeating: 0, count: size)
    var down = up
    up[0] = 1
    for _ in 0..<20_000 {
      var nextUp = [Double](repeating: 0, count: size)
      var nextDown = nextUp
      for n in 0..<size {
        let (a, b) = (up[n], down[n])
        let born = n + 1 < size ? arrivals : 0
        let served = n > 0 ? services : 0
        nextUp[n] += a * (1 - (born + served + fail) / rate) + b * repair / rate
        nextDown[n] += b * (1 - (born + repair) / rate) + a * fail / rate
        if n + 1 < size {
          nextUp[n + 1] += a * born / rate
          nextDown[n + 1] += b * born / rate
        }
        if n > 0 { nextUp[n - 1] += a * served / rate }
      }
      (up, down) = (nextUp, nextDown)
    }
    return (0..<size).reduce(0) { $0 + Double($1) * (up[$1] + down[$1]) }
  }
}
