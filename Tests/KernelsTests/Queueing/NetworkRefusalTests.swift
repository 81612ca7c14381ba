import Kernels
import Testing

/// What cannot be simulated is refused with a reason; nothing runs for ever.
@Suite("Runs that cannot end, and extremes")
struct NetworkRefusalTests {
  private func one(_ change: (inout QueueNetwork) -> Void = { _ in }) -> QueueNetwork {
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1))]
    network.sources = [.init(gap: .exponential(mean: 1.25))]
    change(&network)
    return network
  }

  private func reason(_ network: QueueNetwork, _ run: NetworkRun) -> String {
    do throws(QueueNetworkError) {
      _ = try NetworkSimulation(network, run, stream: RandomStream(seed: 1, name: "queues"))
      return ""
    } catch {
      return error.description
    }
  }

  private func finish(_ network: QueueNetwork, _ run: NetworkRun) throws -> NetworkSummary {
    var simulation = try NetworkSimulation(
      network, run, stream: RandomStream(seed: 1, name: "queues"))
    var slices = 0
    while simulation.advance(events: 1 << 16) {
      slices += 1
      try #require(slices < 1000, "the run does not end")
    }
    return simulation.summary
  }

  @Test(arguments: [false, true])
  func `a record that is shorter than the run is refused, with breakdowns or without`(
    hasBreakdown: Bool
  ) throws {
    let network = one {
      $0.sources[0].times = [0, 1, 2]
      if hasBreakdown {
        $0.stations[0].breakdown = .init(
          working: .exponential(mean: 5), repair: .exponential(mean: 1))
      }
    }
    #expect(
      reason(network, .init(customers: 4))
        == "sources: found 3 recorded times, expected at least the 4 messages that the run counts")
    #expect(reason(network, .init(warmup: 2, customers: 2)) != "")
    let run = NetworkRun(warmup: 1, customers: 2, isSteady: true)
    #expect(try finish(network, run).served == 2)
    #expect(try finish(network, .init(customers: 3)).served == 3)
    #expect(try finish(network, .init(customers: 0)).served == 0)
  }

  @Test func `a drawn source goes on where a recorded one ends`() throws {
    let network = one {
      $0.sources.append($0.sources[0])
      $0.sources[0].times = [0, 1]
      $0.stations[0].breakdown = .init(
        working: .exponential(mean: 5), repair: .exponential(mean: 1))
    }
    #expect(try finish(network, .init(customers: 500)).served == 500)
  }

  @Test func `a message that circulates is never turned away for ever`() {
    func closed(_ change: (inout QueueNetwork.Station) -> Void) -> QueueNetwork {
      one {
        $0.sources = []
        $0.population = 3
        change(&$0.stations[0])
      }
    }
    let run = NetworkRun(customers: 10)
    #expect(
      reason(closed { $0.capacity = 2 }, run)
        == "stations[0].capacity: found 2, expected room for all 3 that circulate")
    #expect(
      reason(closed { $0.balking = .from(1) }, run)
        == "stations[0].balking: found balking, expected none in a closed network")
    #expect(reason(closed { $0.capacity = 3 }, run) == "")
  }

  @Test func `all nodes down for almost all the time`() throws {
    let network = one {
      $0.stations[0].breakdown = .init(
        working: .deterministic(0.001), repair: .deterministic(1e6))
    }
    let summary = try finish(network, .init(customers: 20))
    #expect(summary.served == 20)
    #expect(summary.horizon > 1e9)
  }

  @Test func `all messages at one moment are served in the order of their numbers`() throws {
    let network = one {
      $0.stations[0].services = [.deterministic(1)]
      $0.sources[0].times = [Double](repeating: 1e15, count: 64)
    }
    let summary = try finish(network, .init(customers: 64))
    #expect(summary.waitMean == 31.5)
    #expect(summary.horizon == 1e15 + 64)
  }

  @Test(arguments: [Double.nan, -1, .infinity])
  func `times that are no times are refused`(bad: Double) {
    #expect(
      reason(one { $0.sources[0].times = [0, bad] }, .init(customers: 2))
        .hasPrefix("sources[0].times: found "))
    #expect(
      reason(one { $0.stations[0].services = [.exponential(mean: bad)] }, .init(customers: 2))
        .hasPrefix("stations[0].services: found a mean of"))
    #expect(
      reason(one { $0.classes[0].patience = .deterministic(bad) }, .init(customers: 2))
        .hasPrefix("classes[0].patience: found a duration of"))
    #expect(
      reason(
        one {
          $0.stations[0].breakdown = .init(
            working: .exponential(mean: 1), repair: .exponential(mean: bad))
        }, .init(customers: 2)
      ).hasPrefix("stations[0].breakdown.repair: found a mean of"))
    #expect(
      reason(one { $0.stations[0].speeds = [1, bad] }, .init(customers: 2))
        .hasPrefix("stations[0].speeds: found"))
  }

  @Test func `overload fills a bounded queue and no more`() throws {
    let network = one {
      $0.sources[0].gap = .exponential(mean: 1 / 1.2)
      $0.stations[0].capacity = 100
    }
    let summary = try finish(network, .init(customers: 200_000))
    #expect(summary.inFlightMax == 100)
    #expect(summary.served + summary.blocked == 200_000)
    // Erlang's loss of M/M/1/100 at 1.2 is 1/6 but for 1e-9.
    #expect(abs(Double(summary.blocked) / 200_000 - 1.0 / 6) < 0.01)
  }
}
