import Testing

@testable import Kernels

/// The loop for a single line against the general one, which knows nothing of it.
@Suite("The loop for a single line")
struct LineLoopTests {
  private struct Line {
    let name: String
    let network: QueueNetwork
  }

  private func lines() -> [Line] {
    [1, 2, 64].flatMap { servers -> [Line] in
      let laws: [(String, ServiceLaw)] = [
        ("exponential", .exponential(mean: 1)), ("deterministic", .deterministic(1)),
        ("Erlang", .erlang(phases: 3, mean: 1)),
      ]
      return laws.flatMap { law -> [Line] in
        [nil, servers, servers + 3].map { capacity in
          var network = QueueNetwork()
          network.stations = [.init(servers: servers, capacity: capacity, service: law.1)]
          // As many arrivals as services: lines are long, and bounded ones lose many messages.
          network.sources = [.init(gap: .exponential(mean: 1 / Double(servers)))]
          network.classes = [.init(deadline: 3)]
          return Line(
            name: "\(servers) servers, \(law.0), capacity \(capacity.map(String.init) ?? "none")",
            network: network)
        }
      }
    }
  }

  private let runs = [
    NetworkRun(customers: 1), NetworkRun(customers: 3000),
    NetworkRun(warmup: 200, customers: 2000, isSteady: true),
  ]

  private func simulation(
    _ network: QueueNetwork, _ run: NetworkRun, isLine: Bool
  ) throws -> NetworkSimulation {
    var simulation = try NetworkSimulation(network, run, stream: .init(seed: 5, name: "line"))
    let fits = simulation.isLine
    #expect(fits)
    simulation.isLine = isLine
    return simulation
  }

  @Test func `gives the summary of the general loop, bit by bit`() throws {
    for line in lines() {
      for run in runs {
        var plain = try simulation(line.network, run, isLine: false)
        while plain.advance(events: 1000) {}
        var fast = try simulation(line.network, run, isLine: true)
        while fast.advance(events: 1000) {}
        let (ours, theirs) = (fast.summary, plain.summary)
        #expect(ours == theirs, "\(line.name), \(run)")
        let (now, left) = (fast.now == plain.now, fast.left == plain.left)
        #expect(now && left, "\(line.name), \(run)")
      }
    }
  }

  @Test func `leaves a state with which the general loop goes on`() throws {
    for line in lines() {
      let run = NetworkRun(customers: 2000)
      var plain = try simulation(line.network, run, isLine: false)
      while plain.advance(events: 1000) {}
      var mixed = try simulation(line.network, run, isLine: true)
      while mixed.advance(events: 7) { mixed.isLine.toggle() }
      let (ours, theirs) = (mixed.summary, plain.summary)
      #expect(ours == theirs, "\(line.name)")
    }
  }

  @Test func `is not for networks that need more`() throws {
    func isLine(_ change: (inout QueueNetwork) -> Void) throws -> Bool {
      var network = QueueNetwork()
      network.stations = [.init(service: .exponential(mean: 1))]
      network.sources = [.init(gap: .exponential(mean: 2))]
      change(&network)
      let run = NetworkRun(customers: 10)
      return try NetworkSimulation(network, run, stream: .init(seed: 5, name: "line")).isLine
    }
    #expect(try isLine { _ in })
    #expect(try !isLine { $0.stations[0].routes = [.uniform(leaving: 0.5)] })
    #expect(try !isLine { $0.stations[0].balking = .from(3) })
    #expect(try !isLine { $0.stations[0].speeds = [1, 2] })
    #expect(try !isLine { $0.stations[0].batch = 2 })
    #expect(try !isLine { $0.stations.append($0.stations[0]) })
    #expect(try !isLine { $0.sources.append($0.sources[0]) })
    #expect(try !isLine { $0.classes = [.init(patience: .exponential(mean: 1))] })
    #expect(
      try !isLine {
        $0.sources = []
        $0.population = 3
      })
  }
}
