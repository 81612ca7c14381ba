/// A station while a simulation runs: what each event there touches, in one cache line.
struct NetworkStation: BitwiseCopyable {
  /// The line of those that wait, where the station is a plain one.
  var head = NetworkMessage.none
  var tail = NetworkMessage.none
  var idle: Int32
  /// Messages that wait or are served.
  var present: Int32 = 0
  let servers: Int32
  let capacity: Int32
  /// The law of class 0, and whether each class has one of its own.
  let sampler: Int32
  let route: Int32
  let hasClassServices: Bool
  let hasClassRoutes: Bool
  /// Which of the intricate stations it is; -1 for a plain one, first come first served.
  let intricate: Int32
}

/// A way made ready for the event loop.
struct NetworkRoute: BitwiseCopyable {
  enum Kind: UInt8 {
    case leave, fixed, uniform, split, leastLoaded
  }

  let kind: Kind
  /// The station, or which of the tables or choices it is.
  var target: Int32 = 0
  var leaving = 0.0
  var scale = 0.0
}

/// What happened at a station to messages that count.
struct StationTally: BitwiseCopyable {
  var arrivals = 0
  var visits = 0
  var lost = 0
  var waits = 0.0
  var waitSquares = 0.0
  var sojourns = 0.0
  var work = 0.0
}

extension StationTally {
  /// Counts a service that ended.
  @inline(__always)
  mutating func count(wait: Double, sojourn: Double) {
    visits &+= 1
    waits += wait
    waitSquares += wait * wait
    sojourns += sojourn
  }
}

/// What happened to the messages of a class that count.
struct ClassTally: BitwiseCopyable {
  var visits = 0
  var waits = 0.0
  /// Of visits.
  var sojourns = 0.0
  var late = 0
}

/// A network with names resolved to numbers.
struct CompiledNetwork {
  var stations: [NetworkStation] = []
  var samplers: [LawSampler] = []
  var routes: [NetworkRoute] = []
  var tables: [AliasTable] = []
  var choices: [[Int]] = []
  var intricate: [IntricateStation] = []
  var patience: [LawSampler?] = []
  var gaps: [LawSampler] = []
  var entries: [NetworkRoute] = []
  /// Values of the empirical laws.
  var values: [Double] = []

  init(_ network: QueueNetwork) {
    for station in network.stations { add(station, of: network) }
    patience = network.classes.map { one in one.patience.map { LawSampler($0, values: &values) } }
    gaps = network.sources.map { LawSampler($0.gap, values: &values) }
    let ways = network.isClosed ? [network.entry] : network.sources.map(\.entry)
    entries = ways.map { compile($0, stationCount: network.stations.count) }
  }

  private mutating func add(_ station: QueueNetwork.Station, of network: QueueNetwork) {
    let isIntricate = IntricateStation.isNeeded(for: station, of: network)
    stations.append(
      NetworkStation(
        idle: Int32(station.servers), servers: Int32(station.servers),
        capacity: Int32(station.capacity ?? Int(Int32.max)),
        sampler: Int32(samplers.count), route: Int32(routes.count),
        hasClassServices: station.services.count > 1, hasClassRoutes: station.routes.count > 1,
        intricate: isIntricate ? Int32(intricate.count) : -1))
    samplers += station.services.map { LawSampler($0, values: &values) }
    let count = network.stations.count
    for route in station.routes { routes.append(compile(route, stationCount: count)) }
    if isIntricate {
      intricate.append(IntricateStation(station, of: network, values: &values))
    }
  }

  private mutating func compile(
    _ route: QueueNetwork.Route, stationCount: Int
  ) -> NetworkRoute {
    switch route {
    case .leave: return NetworkRoute(kind: .leave)
    case .station(let index): return NetworkRoute(kind: .fixed, target: Int32(index))
    case .uniform(let leaving):
      let scale = leaving < 1 ? Double(stationCount) / (1 - leaving) : 0
      return NetworkRoute(kind: .uniform, leaving: leaving, scale: scale)
    case .split(let weights):
      guard let table = AliasTable(weights: weights) else {
        preconditionFailure("a way that was checked has weights")
      }
      tables.append(table)
      return NetworkRoute(kind: .split, target: Int32(tables.count - 1))
    case .leastLoaded(let choice):
      choices.append(choice)
      return NetworkRoute(kind: .leastLoaded, target: Int32(choices.count - 1))
    }
  }
}

extension CompiledNetwork {
  /// Servers up to which the pending services are surely too few for a radix heap.
  private static let lineServersMax = 10_000

  /// Whether one source sends everything to one plain station, from which everything leaves.
  var isLine: Bool {
    guard stations.count == 1, entries.count == 1, gaps.count == 1, let station = stations.first
    else { return false }
    return station.intricate < 0 && !station.hasClassServices && !station.hasClassRoutes
      && station.servers <= Self.lineServersMax && entries[0].kind == .fixed
      && routes[Int(station.route)].kind == .leave
  }
}
