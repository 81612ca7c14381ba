/// A station while a simulation runs: what an arrival there touches, in one cache line.
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
  /// Of messages that count.
  var arrivals = 0
  private let padding = (0, 0)

  init(
    servers: Int32, capacity: Int32, sampler: Int32, route: Int32, hasClassServices: Bool,
    hasClassRoutes: Bool, intricate: Int32
  ) {
    idle = servers
    self.servers = servers
    self.capacity = capacity
    self.sampler = sampler
    self.route = route
    self.hasClassServices = hasClassServices
    self.hasClassRoutes = hasClassRoutes
    self.intricate = intricate
  }
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

/// Where a message goes next, drawn before it is due.
struct Foresight: BitwiseCopyable {
  /// Of which message after how many visits; no message has these.
  var entity = UInt64.max
  var visits = UInt64.max
  /// The station; negative for out.
  var next = 0
  /// The number that gives the work there.
  var unit = 0.0
}

/// What happened at a station to messages that count, but for their arrival; one cache line.
struct StationTally: BitwiseCopyable {
  var visits = 0
  var lost = 0
  var waits = 0.0
  var waitSquares = 0.0
  var sojourns = 0.0
  var work = 0.0
  private let padding = (0, 0)
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
  /// Where the laws and the ways of the station added last begin.
  private var sampler: Int32 = 0
  private var route: Int32 = 0

  init(_ network: QueueNetwork) {
    var previous: QueueNetwork.Station?
    for station in network.stations {
      add(station, after: previous, of: network)
      previous = station
    }
    patience = network.classes.map { one in one.patience.map { LawSampler($0, values: &values) } }
    gaps = network.sources.map { LawSampler($0.gap, values: &values) }
    let ways = network.isClosed ? [network.entry] : network.sources.map(\.entry)
    entries = ways.map { compile($0, stationCount: network.stations.count) }
  }

  /// Stations whose laws and ways are those of the station before share them, so that a network of
  /// many like stations keeps them in cache.
  private mutating func add(
    _ station: QueueNetwork.Station, after previous: QueueNetwork.Station?,
    of network: QueueNetwork
  ) {
    if station.services != previous?.services {
      sampler = Int32(samplers.count)
      samplers += station.services.map { LawSampler($0, values: &values) }
    }
    if station.routes != previous?.routes {
      route = Int32(routes.count)
      let count = network.stations.count
      for one in station.routes { routes.append(compile(one, stationCount: count)) }
    }
    let isIntricate = IntricateStation.isNeeded(for: station, of: network)
    stations.append(
      NetworkStation(
        servers: Int32(station.servers), capacity: Int32(station.capacity ?? Int(Int32.max)),
        sampler: sampler, route: route,
        hasClassServices: station.services.count > 1, hasClassRoutes: station.routes.count > 1,
        intricate: isIntricate ? Int32(intricate.count) : -1))
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
