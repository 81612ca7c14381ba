/// Runs a network of queues, event by event.
///
///     var simulation = try NetworkSimulation(network, .init(customers: 1_000_000), stream: stream)
///     while simulation.advance(events: 1 << 20) {}
///     print(simulation.summary.waitMean)
///
/// A draw belongs to (source, number of the message, visit), so no result depends on the order of
/// events. Memory holds the messages under way (48 bytes, and 24 for an event) and nothing of those
/// that left; an event costs O(log n) of the events pending, O(1) from 10^5 on, and no work in
/// proportion to the number of stations.
@safe public struct NetworkSimulation: ~Copyable {
  enum Kind: UInt64 {
    case birth, end, patience, breakdown
  }

  let run: NetworkRun
  let stream: RandomStream
  let isClosed: Bool
  let classCount: Int
  let deadlines: [Double]
  let tables: [AliasTable]
  let choices: [[Int]]
  let patience: [LawSampler?]
  let sourceClasses: [Int]
  /// Times and works of sources that replay a record; empty without such.
  let recordedTimes: [[Double]]
  let recordedWorks: [[Double]]
  let values: Slab<Double>
  let samplers: Slab<LawSampler>
  let routes: Slab<NetworkRoute>
  let entries: Slab<NetworkRoute>
  let gaps: Slab<LawSampler>

  var events: EventQueue
  var messages: MessageTable
  var stations: Slab<NetworkStation>
  var tallies: Slab<StationTally>
  var classTallies: Slab<ClassTally>
  var intricate: [IntricateStation]
  /// Messages that each source has sent, and the number that gives the next one's first work.
  var sent: Slab<UInt64>
  var firstUnits: Slab<Double>
  /// The same of the message after the next.
  var ahead: Slab<(gap: Double, unit: Double)>
  var progress: NetworkProgress
  /// Of the present event, and of the one that is likely to be the next.
  var foresight = Foresight()
  var nextForesight = Foresight()
  /// Whether stations and messages are too many for the nearest caches; tests compare both ways.
  var isWide: Bool
  /// Whether the loop for a single line is enough; tests compare it with the other one.
  var isLine: Bool

  /// - Throws: where the network is none, or the run counts more messages than its sources have.
  public init(
    _ network: QueueNetwork, _ run: NetworkRun, stream: RandomStream
  ) throws(QueueNetworkError) {
    try network.validate()
    try network.validate(run)
    let compiled = CompiledNetwork(network)
    self.run = run
    self.stream = stream
    isClosed = network.isClosed
    classCount = network.classes.count
    deadlines = network.classes.map(\.deadline)
    tables = compiled.tables
    choices = compiled.choices
    patience = compiled.patience
    sourceClasses = network.isClosed ? [0] : network.sources.map(\.messageClass)
    let isReplay = network.sources.contains { !$0.times.isEmpty }
    recordedTimes = isReplay ? network.sources.map(\.times) : []
    recordedWorks = isReplay ? network.sources.map(\.works) : []
    values = Slab(compiled.values)
    samplers = Slab(compiled.samplers)
    routes = Slab(compiled.routes)
    entries = Slab(compiled.entries)
    gaps = Slab(compiled.gaps)
    events = EventQueue(capacity: 1024)
    messages = MessageTable(withTimers: !compiled.intricate.isEmpty)
    stations = Slab(compiled.stations)
    tallies = Slab(repeating: StationTally(), count: compiled.stations.count)
    classTallies = Slab(repeating: ClassTally(), count: network.classes.count)
    intricate = compiled.intricate
    sent = Slab(repeating: 0, count: network.sources.count)
    firstUnits = Slab(repeating: 0, count: network.sources.count)
    ahead = Slab(repeating: (gap: 0, unit: 0), count: network.sources.count)
    progress = NetworkProgress(
      serverCount: network.stations.reduce(0) { $0 + Double($1.servers) })
    isWide = compiled.stations.count > Self.cachedStations
    isLine = compiled.isLine && !isReplay && !network.isClosed && network.classes.count == 1
    if run.customers > 0 {
      start(population: network.population)
    } else {
      progress.isFinished = true
    }
  }

  /// Whether every message that counts has left.
  public var isFinished: Bool { progress.isFinished }

  /// The time of the event handled last.
  public var now: Double { progress.clock }

  /// Messages that count and have left, one way or another.
  public var left: Int { progress.countedLeft }

  /// Handles up to `limit` events; false once the run is over.
  public mutating func advance(events limit: Int) -> Bool {
    if isLine { return advanceLine(limit) }
    var nothing = NoRecorder()
    return advance(limit, &nothing)
  }

  /// The same, and adds a row for each service and each lost message.
  public mutating func advance(events limit: Int, into records: inout VisitRecords) -> Bool {
    advance(limit, &records)
  }

  /// The same, and follows the laws of waits, sojourns and the number present.
  public mutating func advance(events limit: Int, into detail: inout QueueDetail) -> Bool {
    advance(limit, &detail)
  }

  @inline(__always)
  private mutating func advance<R: VisitRecorder>(_ limit: Int, _ recorder: inout R) -> Bool {
    var left = limit
    while left > 0, !progress.isFinished {
      guard let event = events.pop() else {
        progress.isFinished = true
        break
      }
      left &-= 1
      if isWide || events.usesRadix {
        foresight = nextForesight
        fetchAhead()
      }
      recorder.elapsed(event.time - progress.clock, present: messages.count)
      progress.elapse(to: event.time, present: messages.count)
      let place = UInt32(truncatingIfNeeded: event.payload &>> 2) & 0x3FFF_FFFF
      let station = Int(truncatingIfNeeded: event.payload &>> 32)
      let kind = event.payload & 3
      // Two branches that are predicted, where a switch would be a jump by a table.
      if kind == Kind.birth.rawValue {
        birth(source: station, event.time, &recorder)
      } else if kind == Kind.end.rawValue, stations[station].intricate < 0 {
        endPlain(station, place, event.time, &recorder)
      } else {
        handle(event, at: station, place, &recorder)
      }
    }
    return !progress.isFinished
  }

  /// An event that only intricate stations know.
  private mutating func handle<R: VisitRecorder>(
    _ event: Event, at station: Int, _ place: UInt32, _ recorder: inout R
  ) {
    switch event.payload & 3 {
    case Kind.end.rawValue: endIntricate(station, place, event, &recorder)
    case Kind.patience.rawValue: losePatience(station, place, event, &recorder)
    default: changeState(station, event.time)
    }
  }

  /// The first birth of each source, or the messages of a closed network.
  private mutating func start(population: Int) {
    for source in 0..<sent.count {
      drawAhead(source, number: 0)
      scheduleBirth(source, after: 0)
    }
    for station in 0..<stations.count where stations[station].intricate >= 0 {
      scheduleBreakdown(station, at: 0)
    }
    var nothing = NoRecorder()
    for number in 0..<population {
      let entity = NetworkMessage.entity(source: 0, number: UInt64(number))
      let isCounted = progress.countBirth(at: 0, run)
      let place = messages.add(NetworkMessage(entity: entity, born: 0, isCounted: isCounted))
      enter(entries[0], place, 0, unit: stream.block(entity).unit1, &nothing)
    }
  }

  /// Announces a source's next message, and draws the one behind it: so long before it is wanted, no
  /// event waits for the generator.
  @inline(__always)
  private mutating func scheduleBirth(_ source: Int, after now: Double) {
    firstUnits[source] = ahead[source].unit
    if !recordedTimes.isEmpty, !recordedTimes[source].isEmpty {
      scheduleRecorded(source)
    } else {
      events.push(
        time: now + ahead[source].gap, payload: Kind.birth.rawValue | UInt64(source) &<< 32)
    }
    drawAhead(source, number: sent[source] &+ 1)
  }

  /// One block gives the gap to a message and its first work.
  @inline(__always)
  private mutating func drawAhead(_ source: Int, number: UInt64) {
    let entity = NetworkMessage.entity(source: source, number: number)
    let block = stream.block(entity)
    ahead[source].gap = gaps[source].draw(block.unit0, stream, entity, 1 << 32, values)
    ahead[source].unit = block.unit1
  }

  @inline(never)
  private mutating func scheduleRecorded(_ source: Int) {
    let number = Int(sent[source])
    guard number < recordedTimes[source].count else { return }
    events.push(
      time: recordedTimes[source][number],
      payload: Kind.birth.rawValue | UInt64(source) << 32)
  }

  /// What the record says of a message's first service; nil where it says nothing.
  func recordedWork(_ message: borrowing NetworkMessage) -> Double? {
    guard message.visits == 1, !recordedWorks[message.source].isEmpty else { return nil }
    let work = recordedWorks[message.source][Int(message.entity & 0xFF_FFFF_FFFF)]
    return work.isNaN ? nil : work
  }

  @inline(__always)
  private mutating func birth<R: VisitRecorder>(
    source: Int, _ now: Double, _ recorder: inout R
  ) {
    let total = run.warmup &+ run.customers
    guard run.isSteady || progress.births < total else { return }
    let entity = NetworkMessage.entity(source: source, number: sent[source])
    let unit = firstUnits[source]
    let isCounted = progress.countBirth(at: now, run)
    sent[source] &+= 1
    if run.isSteady || progress.births < total { scheduleBirth(source, after: now) }
    let place = messages.add(NetworkMessage(entity: entity, born: now, isCounted: isCounted))
    enter(entries[source], place, now, unit: unit, &recorder)
  }

  @inline(__always)
  mutating func enter<R: VisitRecorder>(
    _ entry: NetworkRoute, _ place: UInt32, _ now: Double, unit: Double, _ recorder: inout R
  ) {
    if entry.kind == .fixed {
      join(Int(entry.target), place, now, unit: unit, &recorder)
    } else {
      let message = messages[place]
      let lot = stream.block(message.entity, purpose: message.visits | 1 << 33).unit0
      join(choose(entry, lot), place, now, unit: unit, &recorder)
    }
  }

  /// Sends a message on that was served; where chance plays a part, one block gives the way and the
  /// next work.
  @inline(__always)
  mutating func routeOn<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, _ recorder: inout R
  ) {
    var index = Int(stations[station].route)
    if stations[station].hasClassRoutes { index &+= messageClass(place) }
    let route = routes[index]
    if route.kind == .leave { return leave(station, place, .served, now, &recorder) }
    let (entity, visits) = (messages[place].entity, messages[place].visits)
    let isForeseen = foresight.entity == entity && foresight.visits == visits
    let way = isForeseen ? foresight : draw(route, entity, visits)
    if way.next < 0 {
      leave(station, place, .served, now, &recorder)
    } else {
      join(way.next, place, now, unit: way.unit, &recorder)
    }
  }

  /// The station that a way leads to for a number drawn evenly from (0, 1); negative for out.
  ///
  /// It changes nothing: to be called so, a simulation is not copied.
  @inline(__always)
  mutating func choose(_ route: NetworkRoute, _ lot: Double) -> Int {
    switch route.kind {
    case .leave: return -1
    case .fixed: return Int(route.target)
    case .uniform:
      if lot < route.leaving { return -1 }
      return min(Int((lot - route.leaving) * route.scale), stations.count &- 1)
    case .split:
      let next = tables[Int(route.target)].draw(lot)
      return next == stations.count ? -1 : next
    case .leastLoaded: return leastLoaded(choices[Int(route.target)])
    }
  }

  /// That with the fewest messages for each of its servers, the first of equals.
  private func leastLoaded(_ choice: [Int]) -> Int {
    var best = choice[0]
    for other in choice.dropFirst() where load(other) < load(best) { best = other }
    return best
  }

  private func load(_ station: Int) -> Double {
    Double(stations[station].present) / Double(stations[station].servers)
  }

  func messageClass(_ place: UInt32) -> Int { sourceClasses[messages[place].source] }
}
