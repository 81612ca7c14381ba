import Testing

@testable import Kernels

/// A wide network draws and fetches ahead of time, which must change no result.
@Suite("Fetching ahead in wide networks")
struct ForesightTests {
  private func network(_ route: QueueNetwork.Route, capacity: Int? = nil) -> QueueNetwork {
    var network = QueueNetwork()
    for i in 0..<20 {
      let law: ServiceLaw = i % 3 == 0 ? .deterministic(1) : .exponential(mean: 1)
      network.stations.append(.init(capacity: capacity, service: law, route: route))
    }
    network.sources = [
      .init(gap: .exponential(mean: 0.2), entry: .uniform(leaving: 0)),
      .init(gap: .deterministic(0.5), entry: .station(3)),
    ]
    return network
  }

  private func summary(
    _ network: QueueNetwork, isWide: Bool, customers: Int = 3000
  ) throws -> NetworkSummary {
    var simulation = try NetworkSimulation(
      network, NetworkRun(customers: customers), stream: .init(seed: 11, name: "wide"))
    simulation.isWide = isWide
    while simulation.advance(events: 999) {}
    return simulation.summary
  }

  @Test func `changes no figure, whatever leads from station to station`() throws {
    let split = [Double](repeating: 1, count: 21)
    let routes: [QueueNetwork.Route] = [
      .leave, .uniform(leaving: 0.4), .split(split), .leastLoaded([1, 2, 5]),
    ]
    for route in routes {
      for capacity in [nil, 3] {
        var network = network(route, capacity: capacity)
        if case .leastLoaded = route {
          for i in [1, 2, 5] { network.stations[i].routes = [.leave] }
        }
        let (plain, wide) = try (summary(network, isWide: false), summary(network, isWide: true))
        #expect(plain == wide, "\(route), capacity \(String(describing: capacity))")
      }
    }
  }

  @Test func `changes no figure where classes and closed rounds take part`() throws {
    var classes = network(.uniform(leaving: 0.5))
    classes.classes = [.init(), .init(deadline: 4)]
    classes.sources[1].messageClass = 1
    for i in classes.stations.indices {
      classes.stations[i].routes = [.uniform(leaving: 0.5), .uniform(leaving: 0.2)]
    }
    var closed = network(.uniform(leaving: 0.3))
    closed.sources = []
    closed.population = 50
    for one in [classes, closed] {
      #expect(try summary(one, isWide: false) == summary(one, isWide: true))
    }
  }

  @Test func `is for networks of many stations`() throws {
    func isWide(_ count: Int) throws -> Bool {
      var network = QueueNetwork()
      let station = QueueNetwork.Station(service: .exponential(mean: 1))
      network.stations = .init(repeating: station, count: count)
      network.sources = [.init(gap: .exponential(mean: 2))]
      let run = NetworkRun(customers: 1)
      return try NetworkSimulation(network, run, stream: .init(seed: 1, name: "wide")).isWide
    }
    #expect(try !isWide(1000))
    #expect(try isWide(10_000))
  }

  @Test func `stations that are alike share their law and their way`() {
    var network = network(.uniform(leaving: 0.4))
    for i in network.stations.indices { network.stations[i].services = [.exponential(mean: 1)] }
    network.stations[7].services = [.exponential(mean: 2)]
    let compiled = CompiledNetwork(network)
    #expect(
      compiled.stations.map(\.sampler) == .init(repeating: 0, count: 7) + [1]
        + .init(repeating: 2, count: 12))
    #expect(compiled.stations.allSatisfy { $0.route == 0 })
    #expect(compiled.samplers.count == 3 && compiled.routes.count == 1)
  }
}
