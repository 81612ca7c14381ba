extension QueueNetwork {
  /// Throws the first mistake: a number out of range, a way to nowhere, a law that is none.
  public func validate() throws(QueueNetworkError) {
    guard !stations.isEmpty else { throw QueueNetworkError("stations", "none", "at least one") }
    guard isClosed || !sources.isEmpty else {
      throw QueueNetworkError("sources", "none", "at least one, or a population that circulates")
    }
    guard !isClosed || sources.isEmpty else {
      throw QueueNetworkError("sources", "\(sources.count)", "none beside a closed population")
    }
    guard classes.count > 0, classes.count <= 64 else {
      throw QueueNetworkError("classes", "\(classes.count)", "1 to 64")
    }
    if isClosed { try validate(entry, "entry", mayLeave: false) }
    for (i, station) in stations.enumerated() { try validate(station, "stations[\(i)]") }
    for (i, source) in sources.enumerated() { try validate(source, "sources[\(i)]") }
    for (i, one) in classes.enumerated() {
      if let patience = one.patience { try validate(patience, "classes[\(i)].patience") }
      guard one.deadline > 0 else {
        throw QueueNetworkError("classes[\(i)].deadline", "\(one.deadline)", "a positive time")
      }
    }
    try validateExits()
  }

  /// Throws where a run counts more messages than the sources will ever send, or where a message that
  /// circulates would be turned away for ever.
  func validate(_ run: NetworkRun) throws(QueueNetworkError) {
    if isClosed { return try validateCirculation() }
    guard sources.allSatisfy({ !$0.times.isEmpty }) else { return }
    let recorded = sources.reduce(0) { $0 + $1.times.count }
    guard recorded >= run.warmup + run.customers || run.customers == 0 else {
      throw QueueNetworkError(
        "sources", "\(recorded) recorded times",
        "at least the \(run.warmup + run.customers) messages that the run counts")
    }
  }

  /// A message of a closed network that a station turns away begins its next round at once, finds the
  /// same station and is turned away again: time would stand still.
  private func validateCirculation() throws(QueueNetworkError) {
    for (i, station) in stations.enumerated() {
      if let capacity = station.capacity, capacity < population {
        throw QueueNetworkError(
          "stations[\(i)].capacity", "\(capacity)", "room for all \(population) that circulate")
      }
      guard station.balking == .never else {
        throw QueueNetworkError("stations[\(i)].balking", "balking", "none in a closed network")
      }
    }
  }

  /// From every station a way leads out, for every class; else messages would circulate for ever.
  private func validateExits() throws(QueueNetworkError) {
    for messageClass in classes.indices {
      var leadsOut = [Bool](repeating: false, count: stations.count)
      var hasChanged = true
      while hasChanged {
        hasChanged = false
        for (i, station) in stations.enumerated() where !leadsOut[i] {
          let route = station.routes[station.routes.count == 1 ? 0 : messageClass]
          leadsOut[i] = self.leadsOut(route, leadsOut)
          hasChanged = hasChanged || leadsOut[i]
        }
      }
      if let trap = leadsOut.firstIndex(of: false) {
        throw QueueNetworkError(
          "stations[\(trap)].routes", "no way out for class \(messageClass)",
          "a way on which messages can leave")
      }
    }
  }

  private func leadsOut(_ route: Route, _ known: [Bool]) -> Bool {
    switch route {
    case .leave: true
    case .station(let index): known[index]
    case .uniform(let leaving): leaving > 0 || known.contains(true)
    case .split(let weights):
      weights[known.count] > 0 || known.indices.contains { weights[$0] > 0 && known[$0] }
    case .leastLoaded(let choice): choice.allSatisfy { known[$0] }
    }
  }

  private func validate(_ station: Station, _ place: String) throws(QueueNetworkError) {
    guard (1...Int(Int32.max)).contains(station.servers) else {
      throw QueueNetworkError("\(place).servers", "\(station.servers)", "1 to \(Int32.max)")
    }
    if let capacity = station.capacity, capacity < station.servers || capacity > Int(Int32.max) {
      throw QueueNetworkError(
        "\(place).capacity", "\(capacity)", "at least the \(station.servers) servers, or none")
    }
    guard station.services.count == 1 || station.services.count == classes.count else {
      throw QueueNetworkError(
        "\(place).services", "\(station.services.count)", "1 or one for each class")
    }
    guard station.routes.count == 1 || station.routes.count == classes.count else {
      throw QueueNetworkError(
        "\(place).routes", "\(station.routes.count)", "1 or one for each class")
    }
    for law in station.services { try validate(law, "\(place).services") }
    for route in station.routes { try validate(route, "\(place).routes", mayLeave: true) }
    try validateExtras(station, place)
  }

  private func validateExtras(_ station: Station, _ place: String) throws(QueueNetworkError) {
    guard station.batch >= 1 else {
      throw QueueNetworkError("\(place).batch", "\(station.batch)", "1 or more")
    }
    guard station.batch == 1 || station.discipline != .preemptiveResume else {
      throw QueueNetworkError(
        "\(place).batch", "\(station.batch)", "1 where services are interrupted")
    }
    for speed in station.speeds where !(speed > 0 && speed.isFinite) {
      throw QueueNetworkError("\(place).speeds", "\(speed)", "finite numbers above 0")
    }
    switch station.balking {
    case .from(let count) where count < 0:
      throw QueueNetworkError("\(place).balking", "from \(count)", "0 or more messages")
    case .discouraged(let rate) where !(rate >= 0 && rate.isFinite):
      throw QueueNetworkError("\(place).balking", "a rate of \(rate)", "a finite number from 0 on")
    default: break
    }
    if let breakdown = station.breakdown {
      try validate(breakdown.working, "\(place).breakdown.working")
      try validate(breakdown.repair, "\(place).breakdown.repair")
      guard breakdown.working.mean > 0 else {
        throw QueueNetworkError("\(place).breakdown.working", "a mean of 0", "a positive mean")
      }
    }
  }

  private func validate(_ source: Source, _ place: String) throws(QueueNetworkError) {
    try validate(source.gap, "\(place).gap")
    guard source.gap.mean > 0 else {
      throw QueueNetworkError("\(place).gap", "a mean of 0", "a positive mean")
    }
    guard source.works.isEmpty || source.works.count == source.times.count else {
      throw QueueNetworkError(
        "\(place).works", "\(source.works.count)", "\(source.times.count), or none")
    }
    if let bad = source.works.first(where: { $0 < 0 || $0 == .infinity }) {
      throw QueueNetworkError("\(place).works", "\(bad)", "finite durations")
    }
    var last = 0.0
    for time in source.times {
      guard time >= last, time < .infinity else {
        throw QueueNetworkError("\(place).times", "\(time) after \(last)", "times that do not fall")
      }
      last = time
    }
    guard classes.indices.contains(source.messageClass) else {
      throw QueueNetworkError(
        "\(place).messageClass", "\(source.messageClass)", "0 to \(classes.count - 1)")
    }
    try validate(source.entry, "\(place).entry", mayLeave: false)
  }

  private func validate(_ law: ServiceLaw, _ place: String) throws(QueueNetworkError) {
    if let fault = law.fault { throw QueueNetworkError(place, fault, "a law of durations") }
  }

  private func validate(
    _ route: Route, _ place: String, mayLeave: Bool
  ) throws(QueueNetworkError) {
    let last = stations.count - 1
    switch route {
    case .leave:
      guard mayLeave else { throw QueueNetworkError(place, "leave", "a way to a station") }
    case .station(let index):
      guard stations.indices.contains(index) else {
        throw QueueNetworkError(place, "station \(index)", "station 0 to \(last)")
      }
    case .uniform(let leaving):
      guard leaving >= 0, leaving <= 1, mayLeave || leaving == 0 else {
        throw QueueNetworkError(
          place, "leaving with \(leaving)", mayLeave ? "a probability" : "0 at the entry")
      }
    case .split(let weights):
      guard weights.count == stations.count + 1, AliasTable(weights: weights) != nil else {
        throw QueueNetworkError(
          place, "\(weights.count) weights \(weights.prefix(4))",
          "\(stations.count + 1) finite weights from 0 on with a positive sum, the last of leaving")
      }
      guard mayLeave || weights[stations.count] == 0 else {
        throw QueueNetworkError(place, "a weight of leaving", "0 at the entry")
      }
    case .leastLoaded(let choice):
      guard !choice.isEmpty, choice.allSatisfy(stations.indices.contains) else {
        throw QueueNetworkError(place, "stations \(choice)", "one or more of 0 to \(last)")
      }
    }
  }
}

/// A network that cannot be simulated: where, what was found, what was expected.
public struct QueueNetworkError: Error, Equatable, Sendable, CustomStringConvertible {
  public let place: String
  public let found: String
  public let expected: String

  init(_ place: String, _ found: String, _ expected: String) {
    self.place = place
    self.found = found
    self.expected = expected
  }

  public var description: String { "\(place): found \(found), expected \(expected)" }
}
