import Foundation

/// Everything about one message that is decided by its number alone: drawn from blocks that bear
/// the number, so that no draw depends on the order of events.
struct Exchange {
  let client: Int32
  let service: Int32
  let node: Int32
  let route: Int8
  let frontEndSeconds: Double
  let serviceSeconds: Double
  let quoted: Int64
  let charged: Int64
  let quality: Double
  let isObstructed: Bool
}

/// The streams of a replay and what they decide.
struct ExchangeLaw {
  private let cloud: Cloud
  private let stream: RandomStream
  private let clients: AliasTable?
  private let totalRate: Double
  private let identifiers: UUIDv7Source

  init(_ cloud: Cloud, _ stream: RandomStream) {
    self.cloud = cloud
    self.stream = stream
    clients = AliasTable(weights: cloud.clientRate)
    totalRate = cloud.clientRate.reduce(0, +)
    identifiers = UUIDv7Source(stream)
  }

  /// The time from one sending to the next: clients are independent Poisson sources.
  func gap(_ message: Int) -> Double {
    -log(stream.block(message, purpose: 0).unit0) / totalRate
  }

  func exchange(_ message: Int) -> Exchange {
    let client = clients.map { $0.draw(stream.block(message, purpose: 0).unit1) } ?? -1
    let choice = stream.block(message, purpose: 1)
    let service = chooseService(client, choice.unit0)
    let offer = cloud.offers[service]
    let node = Int(offer.nodes[offer.choice.draw(choice.unit1)])
    let work = stream.block(message, purpose: 2)
    let (route, front) = chooseRoute(work.unit0, message)
    let deal = deal(message, client: client, node: node, service: service)
    return Exchange(
      client: Int32(client), service: Int32(service), node: Int32(node), route: route,
      frontEndSeconds: front,
      serviceSeconds: serviceSeconds(message, service, work.unit1) / cloud.nodeSpeed[node],
      quoted: deal.quoted, charged: deal.charged, quality: deal.quality,
      isObstructed: deal.isObstructed)
  }

  /// A type by the client's utilities; any type where no client is known.
  private func chooseService(_ client: Int, _ unit: Double) -> Int {
    let count = cloud.serviceCount
    guard client >= 0, count > 1 else { return min(count - 1, Int(unit * Double(count))) }
    let row = client * count
    var rest = unit * (0..<count).reduce(0) { $0 + cloud.clientUtility[row + $1] }
    for service in 0..<count - 1 {
      rest -= cloud.clientUtility[row + service]
      if rest < 0 { return service }
    }
    return count - 1
  }

  private func chooseRoute(_ unit: Double, _ message: Int) -> (Int8, Double) {
    let shares = cloud.routeShare
    if unit < shares.cpuPool {
      return (0, exponential(message) * cloud.cpuPool.meanSeconds)
    }
    if unit < shares.cpuPool + shares.memoryPool {
      return (1, exponential(message) * cloud.memoryPool.meanSeconds)
    }
    return (2, 0)
  }

  private func exponential(_ message: Int) -> Double {
    -log(stream.block(message, purpose: 3).unit0)
  }

  private func serviceSeconds(_ message: Int, _ service: Int, _ unit: Double) -> Double {
    let mean = cloud.serviceMean[service]
    switch cloud.serviceLaw[service] {
    case .deterministic: return mean
    case .exponential: return -log(unit) * mean
    case .uniform: return 2 * unit * mean
    case .erlang2:
      return -log(unit * stream.block(message, purpose: 3).unit1) * mean / 2
    }
  }

  /// Price and quality, honest or not.
  ///
  /// A corrupt node acts in the share `severity` of its dealings.
  private func deal(
    _ message: Int, client: Int, node: Int, service: Int
  ) -> (quoted: Int64, charged: Int64, quality: Double, isObstructed: Bool) {
    let mood = stream.block(message, purpose: 4)
    let quoted = max(
      1, Int64((cloud.servicePrice[service] * cloud.nodePriceFactor[node]).rounded()))
    let honest = min(1, cloud.nodeQuality[node] + 0.1 * (mood.unit1 - 0.5))
    guard mood.unit0 < cloud.nodeSeverity[node] else { return (quoted, quoted, honest, false) }
    let extent = stream.block(message, purpose: 5).unit0
    switch cloud.nodeConduct[node] {
    case .honest: return (quoted, quoted, honest, false)
    case .overcharge:
      let charged = max(quoted + 1, Int64((Double(quoted) * (1.2 + 0.6 * extent)).rounded()))
      return (quoted, charged, honest, false)
    case .underserve: return (quoted, quoted, 0.2 + 0.4 * extent, false)
    case .obstruct: return (quoted, 0, 0, true)
    case .favour:
      // One client in four is a friend of the node: better served, and at the others' expense.
      let isFriend = (client &+ node) & 3 == 0
      return (quoted, quoted, isFriend ? 1 : 0.3 + 0.3 * extent, false)
    }
  }

  /// Two draws by which a client decides whether to complain, and to suggest.
  func temper(_ message: Int) -> (complaint: Double, suggestion: Double) {
    let block = stream.block(message, purpose: 6)
    return (block.unit0, block.unit1)
  }

  /// The identifier of a message by the simulated clock; beyond the year 10889 the clock stands.
  func identifier(_ message: Int, sentSeconds: Double, epochMilliseconds: UInt64) -> UUIDv7 {
    let milliseconds = epochMilliseconds &+ UInt64(max(0, min(sentSeconds * 1000, 1e14)))
    return identifiers.id(UInt64(message), milliseconds: min(milliseconds, 1 << 48 - 1))
  }
}
