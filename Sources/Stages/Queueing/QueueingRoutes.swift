import Kernels

/// The ways between the stations of the stage's network, and the load that they bring.
struct QueueingRoutes {
  private let parameters: Queueing.Parameters
  private let classCount: Int
  /// Stations that serve; one where messages think may stand behind them.
  private var count: Int { parameters.nodes }
  private var isThinking: Bool { parameters.thinkMean > 0 }

  init(_ parameters: Queueing.Parameters, classCount: Int) {
    self.parameters = parameters
    self.classCount = classCount
  }

  /// Lays the ways out of all stations, and where a closed network's rounds begin.
  func lay(in network: inout QueueNetwork) {
    if isThinking {
      network.stations.append(
        .init(
          servers: parameters.circulating, service: .exponential(mean: parameters.thinkMean),
          route: .leave))
    }
    // Stations whose ways are alike share one list.
    let same = routes(from: count - 1)
    for i in 0..<count {
      network.stations[i].routes = parameters.routing == .reportingTree ? routes(from: i) : same
    }
    guard parameters.circulating > 0 else { return }
    let first = entry(of: 0, in: network)
    if isThinking {
      network.stations[count].routes = [first]
      network.entry = .station(count)
    } else {
      network.entry = first
    }
  }

  /// Where a message of a class begins.
  func entry(of messageClass: Int, in network: QueueNetwork) -> QueueNetwork.Route {
    if count == 1 { return .station(0) }
    switch parameters.routing {
    case .random, .reportingTree:
      return isThinking ? split(weights(of: messageClass), leaving: 0) : .uniform(leaving: 0)
    case .leastLoaded: return .leastLoaded(Array(0..<count))
    case .byType, .byQuality: return split(weights(of: messageClass), leaving: 0)
    }
  }

  /// One way for all classes, or one for each where they differ.
  private func routes(from station: Int) -> [QueueNetwork.Route] {
    let isByClass = parameters.routing == .byType && classCount > 1 && parameters.visits > 1
    return (0..<(isByClass ? classCount : 1)).map { route(from: station, of: $0) }
  }

  private func route(from station: Int, of messageClass: Int) -> QueueNetwork.Route {
    let leaving = 1 / parameters.visits
    guard leaving < 1 else { return .leave }
    switch parameters.routing {
    case .random where !isThinking: return .uniform(leaving: leaving)
    case .reportingTree:
      guard station > 0 else { return .leave }
      var weights = [Double](repeating: 0, count: count)
      weights[(station - 1) / parameters.treeArity] = 1
      return split(weights, leaving: leaving)
    case .random, .byType, .byQuality: return split(weights(of: messageClass), leaving: leaving)
    case .leastLoaded: return .leave
    }
  }

  /// Of the stations by which a message of a class chooses.
  private func weights(of messageClass: Int) -> [Double] {
    switch parameters.routing {
    case .byQuality: parameters.qualities
    case .byType: (0..<count).map { $0 % classCount == messageClass ? 1 : 0 }
    case .random, .leastLoaded, .reportingTree: [Double](repeating: 1, count: count)
    }
  }

  /// By the weights with probability 1 - leaving; a station for thinking has none.
  private func split(_ weights: [Double], leaving: Double) -> QueueNetwork.Route {
    let whole = weights.reduce(0, +)
    let stations = weights.map { $0 / whole * (1 - leaving) }
    return .split(stations + (isThinking ? [0] : []) + [leaving])
  }

  /// Visits that a message pays for each one that a station is paid on average; in a reporting tree
  /// those of the root, for each that an average station would be paid.
  var loadFactor: Double {
    switch parameters.routing {
    case .random, .byType, .byQuality: return parameters.visits
    case .leastLoaded: return 1
    case .reportingTree:
      // Flows from below: a share 1 - 1 / visits of what a station serves goes to its superior.
      var flows = [Double](repeating: 1, count: count)
      for i in stride(from: count - 1, to: 0, by: -1) {
        flows[(i - 1) / parameters.treeArity] += flows[i] * (1 - 1 / parameters.visits)
      }
      return flows[0]
    }
  }
}
