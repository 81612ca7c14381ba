import Kernels
import Testing

@Suite("Networks of queues")
struct NetworkSimulationTests {
  /// D/D/1 with a gap of 1 and a service of 1.5: message n waits n / 2.
  @Test func `waits that can be worked out by hand`() throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .deterministic(1.5))]
    network.sources = [.init(gap: .deterministic(1))]
    var records = VisitRecords()
    let summary = try finish(network, .init(customers: 100), into: &records)
    #expect(records.count == 100)
    for n in 0..<100 {
      #expect(records.number[n] == Int64(n))
      #expect(records.queued[n] == Double(n + 1))
      #expect(records.started[n] == Double(n + 1) + Double(n) / 2)
      #expect(records.ended[n] == records.started[n] + 1.5)
    }
    #expect(summary.waitMean == 24.75 && summary.horizon == 151 && summary.events == 200)
    #expect(abs(summary.utilisation - 150.0 / 151) < 1e-12)
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `nothing is lost and Little's law is an identity`(seed: UInt64) throws {
    for (name, network) in networks() {
      for run in [
        NetworkRun(customers: 3000), NetworkRun(warmup: 500, customers: 2000, isSteady: true),
      ] {
        var records = VisitRecords()
        let summary = try finish(network, run, seed: seed, into: &records)
        let ended = summary.served + summary.blocked + summary.balked + summary.reneged
        #expect(ended == run.customers, "\(name), seed \(seed)")
        #expect(summary.customers == run.customers, "\(name), seed \(seed)")
        #expect(summary.littleResidual < 1e-9, "\(name), seed \(seed)")
        #expect(summary.utilisation <= 1.05, "\(name), seed \(seed)")
        for i in 0..<records.count where records.end[i] == MessageEnd.served.rawValue {
          #expect(records.queued[i] <= records.started[i], "\(name), seed \(seed)")
          #expect(records.started[i] <= records.ended[i], "\(name), seed \(seed)")
        }
      }
    }
  }

  @Test func `equal seeds give equal runs, in slices of any length`() throws {
    for (name, network) in networks() {
      let run = NetworkRun(customers: 2000)
      var records = VisitRecords()
      let whole = try finish(network, run, into: &records)
      var simulation = try NetworkSimulation(network, run, stream: stream(7))
      var pieces = VisitRecords()
      while simulation.advance(events: 17, into: &pieces) {}
      #expect(simulation.summary == whole, "\(name)")
      #expect(pieces.ended == records.ended, "\(name)")
      #expect(try finish(network, run, seed: 8).waitMean != whole.waitMean, "\(name)")
    }
  }

  @Test func `a station of one queue serves in the order of arrival`() throws {
    var network = QueueNetwork()
    network.stations = [.init(servers: 3, service: .exponential(mean: 1))]
    network.sources = [.init(gap: .exponential(mean: 0.35))]
    var records = VisitRecords()
    _ = try finish(network, .init(customers: 5000), into: &records)
    let order = records.number.indices.sorted { records.number[$0] < records.number[$1] }
    let starts = order.map { records.started[$0] }
    #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test func `an urgent message interrupts and what it interrupted is resumed`() throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .deterministic(1))]
    network.stations[0].services = [.deterministic(1), .deterministic(10)]
    network.stations[0].discipline = .preemptiveResume
    network.classes = [.init(), .init()]
    // The slow one arrives at 1, urgent ones at 4 and 8.
    network.sources = [
      .init(gap: .deterministic(4), messageClass: 0),
      .init(gap: .deterministic(1), messageClass: 1),
    ]
    var records = VisitRecords()
    var simulation = try NetworkSimulation(network, .init(customers: 9), stream: stream(1))
    while simulation.advance(events: 1, into: &records) {}
    let slow = try #require(records.source.firstIndex(of: 1))
    #expect(records.started[slow] == 1 && records.ended[slow] == 13)
    let urgent = records.source.indices.filter { records.source[$0] == 0 }
    #expect(urgent.map { records.ended[$0] } == [5, 9])
  }

  @Test func `a full station loses what arrives`() throws {
    var network = QueueNetwork()
    network.stations = [.init(capacity: 2, service: .deterministic(10))]
    network.sources = [.init(gap: .deterministic(1))]
    var records = VisitRecords()
    let summary = try finish(network, .init(customers: 12), into: &records)
    #expect(summary.served == 3 && summary.blocked == 9)
    #expect(records.end.count { $0 == MessageEnd.blocked.rawValue } == 9)
  }

  @Test func `a server that takes batches serves them in one time`() throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .deterministic(3.5))]
    network.stations[0].batch = 4
    network.sources = [.init(gap: .deterministic(1))]
    var records = VisitRecords()
    _ = try finish(network, .init(customers: 9), into: &records)
    #expect(records.ended == [4.5, 8, 8, 8, 11.5, 11.5, 11.5, 15, 15])
  }

  @Test func `a station that is down serves nobody`() throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .deterministic(2))]
    network.stations[0].breakdown = .init(working: .deterministic(4), repair: .deterministic(3))
    network.sources = [.init(gap: .deterministic(3))]
    var records = VisitRecords()
    let summary = try finish(network, .init(customers: 2), into: &records)
    // Served from 3 to 4 and from 7 to 8; then from 8 to 10.
    #expect(records.ended == [8, 10])
    #expect(abs(summary.utilisation * 10 - 4) < 1e-12)
  }

  @Test func `a faster station shortens what is under way`() throws {
    var network = QueueNetwork()
    network.stations = [.init(servers: 2, service: .deterministic(4))]
    network.stations[0].speeds = [1, 2]
    network.sources = [.init(gap: .deterministic(2))]
    var records = VisitRecords()
    _ = try finish(network, .init(customers: 2), into: &records)
    // The first begins at 2 and has 2 left at 4, which take 1; the second then has 2 left of 4.
    #expect(records.ended == [5, 7])
  }

  @Test func `who loses patience leaves the queue`() throws {
    var network = QueueNetwork()
    network.stations = [.init(service: .deterministic(5))]
    network.classes = [.init(patience: .deterministic(2))]
    network.sources = [.init(gap: .deterministic(1))]
    let summary = try finish(network, .init(customers: 6))
    // At 1 one begins; those of 2, 3, 4 give up; those of 5 and 6 see it end at 6.
    #expect(summary.served + summary.reneged == 6 && summary.reneged >= 3)
    #expect(summary.waitMean <= 2)
  }

  @Test func `the least loaded station is chosen`() throws {
    var network = QueueNetwork()
    network.stations = [
      .init(service: .deterministic(100)), .init(servers: 3, service: .deterministic(100)),
    ]
    network.sources = [.init(gap: .deterministic(1), entry: .leastLoaded([0, 1]))]
    let summary = try finish(network, .init(customers: 8))
    #expect(summary.stations.map(\.visits) == [2, 6])
  }

  @Test func `overload, one message and none`() throws {
    var network = QueueNetwork()
    network.stations = [.init(capacity: 50, service: .exponential(mean: 1.2))]
    network.sources = [.init(gap: .exponential(mean: 1))]
    let overload = try finish(network, .init(customers: 100_000))
    #expect(overload.inFlightMax == 50)
    #expect(abs(Double(overload.blocked) / 100_000 - 1.0 / 6) < 0.02)
    #expect(try finish(network, .init(customers: 1)).served == 1)
    #expect(try finish(network, .init(customers: 0)).events == 0)
  }

  @Test func `simultaneous events at times up to 1e15`() throws {
    var network = QueueNetwork()
    network.stations = [.init(servers: 2, service: .deterministic(1e13))]
    network.sources = [
      .init(gap: .deterministic(1e13)), .init(gap: .deterministic(1e13)),
    ]
    let summary = try finish(network, .init(customers: 200))
    #expect(summary.served == 200 && summary.waitMean == 0 && summary.horizon == 1.01e15)
  }

  @Test func `mistakes are named`() {
    var network = QueueNetwork()
    expectError("stations: found none", network)
    network.stations = [.init(service: .exponential(mean: 1))]
    expectError("sources: found none", network)
    network.sources = [.init(gap: .exponential(mean: .nan))]
    expectError("sources[0].gap: found a mean of nan", network)
    network.sources = [.init(gap: .exponential(mean: -1))]
    expectError("sources[0].gap: found a mean of -1", network)
    network.sources = [.init(gap: .deterministic(0))]
    expectError("sources[0].gap: found a mean of 0", network)
    network.sources = [.init(gap: .exponential(mean: 1), entry: .station(3))]
    expectError("sources[0].entry: found station 3, expected station 0 to 0", network)
    network.sources = [.init(gap: .exponential(mean: 1))]
    network.stations[0].routes = [.station(0)]
    expectError("stations[0].routes: found no way out", network)
    network.stations[0].routes = [.split([1])]
    expectError("stations[0].routes: found 1 weights", network)
    network.stations[0].routes = [.leave]
    network.stations[0].capacity = 0
    expectError("stations[0].capacity: found 0", network)
  }

  private func expectError(
    _ start: String, _ network: QueueNetwork, _ place: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: QueueNetworkError.self, sourceLocation: place) {
      _ = try network.validate()
    }
    #expect(
      error?.description.hasPrefix(start) ?? false, "\(String(describing: error))",
      sourceLocation: place)
  }

  /// One network for each mechanism.
  private func networks() -> [(String, QueueNetwork)] {
    var base = QueueNetwork()
    base.stations = [.init(servers: 2, service: .exponential(mean: 1))]
    base.sources = [.init(gap: .exponential(mean: 0.6))]
    var all = [("plain", base)]
    func add(_ name: String, _ change: (inout QueueNetwork) -> Void) {
      var network = base
      change(&network)
      all.append((name, network))
    }
    add("bounded") { $0.stations[0].capacity = 4 }
    add("erlang") { $0.stations[0].services = [.erlang(phases: 5, mean: 1)] }
    add("lognormal") { $0.stations[0].services = [.lognormal(mean: 1, squaredVariation: 2)] }
    add("pareto") { $0.stations[0].services = [.pareto(shape: 3, minimum: 0.66)] }
    add("empirical") { $0.stations[0].services = [.empirical([0.5, 1, 1.5])] }
    add("discouraged") { $0.stations[0].balking = .discouraged(rate: 1) }
    add("balking") { $0.stations[0].balking = .from(3) }
    add("patience") { $0.classes[0].patience = .exponential(mean: 1) }
    add("batch") { $0.stations[0].batch = 3 }
    add("speeds") { $0.stations[0].speeds = [0.5, 1, 2] }
    add("breakdown") {
      $0.stations[0].breakdown = .init(
        working: .exponential(mean: 20), repair: .exponential(mean: 2))
    }
    for discipline in [QueueNetwork.Discipline.priority, .preemptiveResume] {
      add("\(discipline)") {
        $0.stations[0].discipline = discipline
        $0.classes = [.init(), .init(deadline: 3)]
        $0.sources = [
          .init(gap: .exponential(mean: 1.2)), .init(gap: .exponential(mean: 1.2), messageClass: 1),
        ]
      }
    }
    add("network") {
      $0.stations += [.init(service: .exponential(mean: 0.3), route: .uniform(leaving: 0.5))]
      $0.stations[0].routes = [.split([0.1, 0.4, 0.5])]
    }
    add("closed") {
      $0.sources = []
      $0.population = 5
      $0.stations += [.init(service: .deterministic(0.3))]
      $0.stations[0].routes = [.station(1)]
    }
    return all
  }

  private func stream(_ seed: UInt64) -> RandomStream { RandomStream(seed: seed, name: "queues") }

  private func finish(
    _ network: QueueNetwork, _ run: NetworkRun, seed: UInt64 = 7
  ) throws -> NetworkSummary {
    var records = VisitRecords()
    return try finish(network, run, seed: seed, into: &records)
  }

  private func finish(
    _ network: QueueNetwork, _ run: NetworkRun, seed: UInt64 = 7, into records: inout VisitRecords
  ) throws -> NetworkSummary {
    var simulation = try NetworkSimulation(network, run, stream: stream(seed))
    while simulation.advance(events: 1 << 16, into: &records) {}
    return simulation.summary
  }
}
