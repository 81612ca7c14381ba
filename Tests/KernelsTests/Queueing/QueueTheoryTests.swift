import Kernels
import TestSupport
import Testing

@Suite("Closed forms of queues")
struct QueueTheoryTests {
  @Test func `a single exponential server`() throws {
    let queue = try #require(BirthDeathQueue(arrivalRate: 0.8, serviceRate: 1))
    expect(queue.numberMean, 4)
    expect(queue.waitMean, 4)
    expect(queue.sojournQuantile(0.99), 23.025850929940457)
    expect(queue.probability(of: 0), 0.2)
    expect(queue.probability(from: 10), 0.1073741824)
  }

  @Test func `four servers by Erlang's formulas`() throws {
    let queue = try #require(BirthDeathQueue(arrivalRate: 3.2, serviceRate: 1, servers: 4))
    expect(queue.waitProbability, 0.5964324717874044)
    expect(queue.waitMean, 0.7455405897342555)
    expect(queue.waitQuantile(0.95), 3.0986787778798823)
    expect(BirthDeathQueue.erlangB(load: 3.2, servers: 4), 0.2281449299579469)
  }

  @Test func `a bounded queue may be overloaded`() throws {
    let queue = try #require(
      BirthDeathQueue(arrivalRate: 4.4, serviceRate: 1, servers: 4, capacity: 12))
    #expect(queue.blockingProbability > 0.1 && queue.blockingProbability < 0.2)
    expect((0...12).reduce(0.0) { $0 + queue.probability(of: $1) }, 1)
    expect(queue.throughput, 4.4 * (1 - queue.probability(of: 12)))
    #expect(queue.probability(of: 13) == 0)
  }

  @Test func `a thousand servers do not overflow`() throws {
    let queue = try #require(BirthDeathQueue(arrivalRate: 950, serviceRate: 1, servers: 1000))
    expect(queue.utilisation, 0.95)
    #expect(queue.waitProbability > 0 && queue.waitProbability < 0.2)
  }

  @Test(arguments: [
    (ServiceLaw.deterministic(1), 2.0, 16.0 / 3), (.uniform(0...2), 8.0 / 3, 88.0 / 9),
    (.exponential(mean: 1), 4, 24),
  ])
  func `one server of any law`(service: ServiceLaw, wait: Double, variance: Double) throws {
    let queue = try #require(SingleServerQueue(arrivalRate: 0.8, service: service))
    expect(queue.waitMean, wait)
    expect(queue.waitVariance, variance)
  }

  @Test func `classes at one server`() throws {
    let queue = try #require(PriorityQueueTheory(arrivalRates: [0.2, 0.3, 0.3], serviceRate: 1))
    for (index, (wait, sojourn)) in [(1.0, 1.25), (2, 2.5), (8, 10)].enumerated() {
      expect(queue.waitMean(index), wait)
      expect(queue.preemptiveSojournMean(index), sojourn)
    }
  }

  @Test func `networks, open and closed`() throws {
    let open = try #require(
      JacksonNetwork(
        entryRates: [1, 0], routing: [[0, 1], [0, 0]], serviceRates: [2, 1.5], servers: [1, 1]))
    expect(open.sojournMean, 3)
    expect(open.visitsMean, 2)
    let closed = MeanValueAnalysis(
      visits: [1, 0.5, 0.5], serviceMeans: [0.05, 0.08, 0.04], population: 10)
    expect(closed.throughput, 19.425657641096112)
    expect(closed.roundMean, 0.5147830866144998)
    expect(closed.numberMeans[0], 6.520821934011846)
  }

  @Test func `nothing is said of what has no steady state`() {
    #expect(BirthDeathQueue(arrivalRate: 1, serviceRate: 1) == nil)
    #expect(BirthDeathQueue(arrivalRate: .nan, serviceRate: 1) == nil)
    #expect(BirthDeathQueue(arrivalRate: 1, serviceRate: 1, servers: 4, capacity: 3) == nil)
    #expect(SingleServerQueue(arrivalRate: 1, service: .deterministic(1)) == nil)
    #expect(PriorityQueueTheory(arrivalRates: [0.5, 0.5], serviceRate: 1) == nil)
    #expect(
      JacksonNetwork(entryRates: [1], routing: [[1]], serviceRates: [2], servers: [1]) == nil)
  }

  @Test(.enabled(if: SharedData.isPresent, "needs ../shared, which is not part of the repository"))
  func `all reference cases to ten digits`() throws {
    let families = try #require(
      SharedData.json("reference/queue_cases.json") as? [String: [[String: Any]]])
    for one in (families["mm1"] ?? []) + (families["mmc"] ?? []) {
      let queue = try #require(
        BirthDeathQueue(
          arrivalRate: one.number("lam"), serviceRate: one.number("mu"),
          servers: Int(one["c"] as? Double ?? 1)))
      expect(queue.waitMean, one.number("Wq"))
      expect(queue.sojournMean, one.number("W"))
      expect(queue.waitingMean, one.number("Lq"))
      expect(queue.waitQuantile(0.95), one.number("Wq_p95"))
    }
    for one in (families["mm1K"] ?? []) + (families["mmcK"] ?? []) {
      let queue = try #require(
        BirthDeathQueue(
          arrivalRate: one.number("lam"), serviceRate: 1, servers: Int(one["c"] as? Double ?? 1),
          capacity: Int(one.number("K"))))
      expect(queue.blockingProbability, one.number("P_block"))
      expect(queue.numberMean, one.number("L"))
      expect(queue.sojournMean, one.number("W_accepted"))
      expect(queue.throughput, one.number("throughput"))
    }
  }

  private func expect(
    _ value: Double, _ exact: Double, _ place: SourceLocation = #_sourceLocation
  ) {
    #expect(abs(value - exact) <= 1e-10 * max(1, abs(exact)), sourceLocation: place)
  }
}

extension [String: Any] {
  fileprivate func number(_ name: String) -> Double { self[name] as? Double ?? .nan }
}
