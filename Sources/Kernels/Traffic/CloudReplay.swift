/// Replays requests through front ends, nodes and reply queues, event by event.
///
///     var replay = CloudReplay(cloud, stream: stream, arrivals: .poisson(count: 10_000))
///     let summary = try replay.run { records in write(records) }
///
/// A request takes one of three routes (N24c), waits first come first served at the node that it
/// chose, is served by one of the node's servers, and its reply waits in the client's own queue
/// (N24). A worker of a synchronous CPU pool is held until the reply of its request leaves the node;
/// where the node feigns a failure, until the client gives up. Memory holds the messages under way; finished ones are handed over in the order of
/// sending. An event costs O(log n) of the events pending.
public struct CloudReplay {
  /// When requests are sent.
  public enum Sendings: Sendable {
    /// From the clients' rates.
    case poisson(count: Int)
    /// At these times, in seconds, rising.
    case recorded([Double])

    /// How many there are.
    public var count: Int {
      switch self {
      case .poisson(let count): count
      case .recorded(let times): times.count
      }
    }
  }

  private enum Kind: UInt64 {
    case send, leaveFrontEnd, endService, freeWorker
  }

  /// A message that was sent and has no result yet, or waits for an earlier one to be handed over.
  private struct Flight {
    var exchange: Exchange
    var sent: Double
    var queued = Double.nan
    var started = Double.nan
    var served = Double.nan
    var replied = Double.nan
    var isDone = false
  }

  private let cloud: Cloud
  private let law: ExchangeLaw
  private let arrivals: [Double]?
  private let count: Int
  private let epochMilliseconds: UInt64

  /// Messages under way by number, the oldest at `head`.
  private var flights: [Flight?] = []
  private var head = 0
  private var oldest = 0
  private var queues: [MessageQueue]
  private var idleServers: [Int32]
  private var frontEnds: [(waiting: MessageQueue, idle: Int)]
  private var inboxFreeAt: [Double]
  private var records = MessageRecords()
  public private(set) var reports = MessageReports()
  private var summary = ReplaySummary()

  public init(_ cloud: Cloud, stream: RandomStream, arrivals: Sendings, epochMilliseconds: UInt64) {
    self.cloud = cloud
    self.epochMilliseconds = epochMilliseconds
    law = ExchangeLaw(cloud, stream)
    count = arrivals.count
    if case .recorded(let times) = arrivals { self.arrivals = times } else { self.arrivals = nil }
    queues = [MessageQueue](repeating: MessageQueue(), count: cloud.nodeCount)
    idleServers = cloud.nodeServers
    frontEnds = [cloud.cpuPool, cloud.memoryPool].map { (MessageQueue(), $0.workers) }
    inboxFreeAt = [Double](repeating: 0, count: cloud.clientCount)
    summary.serverCount = cloud.nodeServers.reduce(0) { $0 + Int($1) }
  }

  /// Runs to the end; `emit` is given finished messages in the order of sending, `chunk` at a time,
  /// and may throw to stop.
  public mutating func run<E: Error>(
    chunk: Int = 8192, emit: (MessageRecords) throws(E) -> Void
  ) throws(E) -> ReplaySummary {
    var events = EventQueue(capacity: 1024)
    pushSendings(into: &events)
    while let event = events.pop() {
      summary.events += 1
      let message = Int(event.payload >> 2)
      switch Kind(rawValue: event.payload & 3) {
      case .send: send(message, at: event.time, &events)
      case .leaveFrontEnd: leaveFrontEnd(message, at: event.time, &events)
      case .endService: endService(message, at: event.time, &events)
      case .freeWorker: freeWorker(of: 0, at: event.time, &events)
      case nil: preconditionFailure("an event of no kind")
      }
      collect()
      if records.count >= chunk {
        try emit(records)
        records.removeAll()
      }
    }
    if records.count > 0 { try emit(records) }
    records.removeAll()
    reports.sort()
    return summary
  }

  /// Recorded times are pushed in their order; a Poisson source needs one pending sending only.
  private func pushSendings(into events: inout EventQueue) {
    guard count > 0 else { return }
    if let arrivals {
      events.push(time: arrivals[0], payload: 0)
    } else {
      events.push(time: law.gap(0), payload: 0)
    }
  }

  private mutating func send(_ message: Int, at now: Double, _ events: inout EventQueue) {
    let next = message + 1
    if next < count {
      let time = arrivals.map { $0[next] } ?? now + law.gap(next)
      events.push(time: max(now, time), payload: UInt64(next) << 2)
    }
    flights.append(Flight(exchange: law.exchange(message), sent: now))
    summary.messages += 1
    let exchange = self[message].exchange
    suggest(message, exchange.client, at: now)
    guard exchange.route < 2 else { return enqueue(message, at: now, &events) }
    let station = Int(exchange.route)
    if frontEnds[station].idle > 0 {
      frontEnds[station].idle -= 1
      push(.leaveFrontEnd, message, at: now + exchange.frontEndSeconds, &events)
    } else {
      frontEnds[station].waiting.append(message)
    }
  }

  private mutating func leaveFrontEnd(_ message: Int, at now: Double, _ events: inout EventQueue) {
    let route = self[message].exchange.route
    if !isHeld(route) { freeWorker(of: Int(route), at: now, &events) }
    enqueue(message, at: now, &events)
  }

  /// Whether a worker of the front end waits for the reply.
  private func isHeld(_ route: Int8) -> Bool { route == 0 && cloud.isCPUPoolSynchronous }

  private mutating func freeWorker(
    of station: Int, at now: Double, _ events: inout EventQueue
  ) {
    if let next = frontEnds[station].waiting.popFirst() {
      push(.leaveFrontEnd, next, at: now + self[next].exchange.frontEndSeconds, &events)
    } else {
      frontEnds[station].idle += 1
    }
  }

  private mutating func enqueue(_ message: Int, at now: Double, _ events: inout EventQueue) {
    self[message].queued = now
    let node = Int(self[message].exchange.node)
    if idleServers[node] > 0 {
      idleServers[node] -= 1
      start(message, at: now, &events)
    } else {
      queues[node].append(message)
    }
  }

  private mutating func start(_ message: Int, at now: Double, _ events: inout EventQueue) {
    let exchange = self[message].exchange
    self[message].started = now
    summary.waits.add(now - self[message].queued)
    // A node that feigns a failure drops the request as soon as it comes up.
    let work = exchange.isObstructed ? 0 : exchange.serviceSeconds
    summary.busySeconds += work
    push(.endService, message, at: now + work, &events)
  }

  private mutating func endService(_ message: Int, at now: Double, _ events: inout EventQueue) {
    let node = Int(self[message].exchange.node)
    if let next = queues[node].popFirst() {
      start(next, at: now, &events)
    } else {
      idleServers[node] += 1
    }
    let flight = self[message]
    if flight.exchange.isObstructed {
      giveUp(message, flight)
    } else {
      deliver(message, flight, at: now)
    }
    if isHeld(flight.exchange.route) { release(flight, at: now, &events) }
    self[message].isDone = true
  }

  /// Frees the worker that called the node: with the reply, or when nobody waits for one any more.
  private mutating func release(_ flight: Flight, at now: Double, _ events: inout EventQueue) {
    let gaveUp = flight.sent + cloud.timeoutSeconds
    if flight.exchange.isObstructed, gaveUp > now, gaveUp.isFinite {
      push(.freeWorker, 0, at: gaveUp, &events)
    } else {
      freeWorker(of: 0, at: now, &events)
    }
  }

  private mutating func deliver(_ message: Int, _ flight: Flight, at now: Double) {
    let client = Int(flight.exchange.client)
    var replied = now + cloud.replySeconds
    if client >= 0 {
      replied = max(now, inboxFreeAt[client]) + cloud.replySeconds
      inboxFreeAt[client] = replied
    }
    self[message].served = now
    self[message].replied = replied
    summary.replies += 1
    summary.sojourns.add(replied - flight.sent)
    summary.routeSojourns[Int(flight.exchange.route)].add(replied - flight.sent)
    summary.horizon = max(summary.horizon, replied)
    let isLate = replied - flight.sent > cloud.serviceDeadline[Int(flight.exchange.service)]
    complain(message, flight, at: replied, fault(flight.exchange, isLate: isLate))
  }

  private mutating func giveUp(_ message: Int, _ flight: Flight) {
    complain(message, flight, at: flight.sent + cloud.timeoutSeconds, 3)
  }

  /// What a client can hold against the reply; nil where nothing.
  private func fault(_ exchange: Exchange, isLate: Bool) -> Int8? {
    if exchange.charged > exchange.quoted { return 0 }
    if exchange.quality < 0.7 { return 1 }
    return isLate ? 2 : nil
  }

  /// Files a problem report if the client is of that temper; a liar reports good dealings too.
  private mutating func complain(
    _ message: Int, _ flight: Flight, at time: Double, _ fault: Int8?
  ) {
    let client = Int(flight.exchange.client)
    guard client >= 0 else { return }
    let probability = fault == nil ? cloud.clientPerjury[client] : cloud.clientComplaint[client]
    guard probability > 0, law.temper(message).complaint < probability else { return }
    reports.reports.append(
      .init(
        time: time, message: Int64(message), client: flight.exchange.client,
        node: flight.exchange.node, reason: fault ?? 1))
  }

  private mutating func suggest(_ message: Int, _ client: Int32, at now: Double) {
    guard cloud.suggestionShare > 0, law.temper(message).suggestion < cloud.suggestionShare else {
      return
    }
    reports.suggestions.append(.init(time: now, client: client))
  }

  /// Moves finished messages from the front of the flights into the records.
  private mutating func collect() {
    while head < flights.count, let flight = flights[head], flight.isDone {
      record(oldest, flight)
      flights[head] = nil
      head += 1
      oldest += 1
    }
    if head > 1024, head * 2 > flights.count {
      flights.removeFirst(head)
      head = 0
    }
  }

  private mutating func record(_ message: Int, _ flight: Flight) {
    let exchange = flight.exchange
    let identifier = law.identifier(
      message, sentSeconds: flight.sent, epochMilliseconds: epochMilliseconds)
    let isLate = flight.replied - flight.sent > cloud.serviceDeadline[Int(exchange.service)]
    records.idHigh.append(identifier.high)
    records.idLow.append(identifier.low)
    records.client.append(exchange.client)
    records.node.append(exchange.node)
    records.service.append(exchange.service)
    records.route.append(exchange.route)
    records.sent.append(flight.sent)
    records.queued.append(flight.queued)
    records.started.append(flight.started)
    records.served.append(flight.served)
    records.replied.append(flight.replied)
    records.quoted.append(exchange.quoted)
    records.charged.append(exchange.charged)
    records.quality.append(exchange.quality)
    records.outcome.append(exchange.isObstructed ? 2 : isLate ? 1 : 0)
  }

  private subscript(_ message: Int) -> Flight {
    get {
      guard let flight = flights[message - oldest + head] else {
        preconditionFailure("message \(message) is over")
      }
      return flight
    }
    set { flights[message - oldest + head] = newValue }
  }

  private func push(
    _ kind: Kind, _ message: Int, at time: Double, _ events: inout EventQueue
  ) {
    events.push(time: time, payload: UInt64(message) << 2 | kind.rawValue)
  }
}
