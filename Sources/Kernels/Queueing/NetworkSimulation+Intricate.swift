extension NetworkSimulation {
  /// A message arrives at a station that is no plain one.
  @inline(never)
  mutating func joinIntricate<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, _ recorder: inout R
  ) {
    let index = Int(stations[station].intricate)
    guard joins(station, index, place) else {
      return leave(station, place, .balked, now, &recorder)
    }
    change(station, now) { $0.stations[station].present &+= 1 }
    let messageClass = messageClass(place)
    messages[place].next = NetworkMessage.none
    messages[timer: place] = NetworkTimer()
    append(place, to: intricate[index].line(messageClass), of: index)
    if let law = patience[messageClass] { startPatience(law, station, place, now) }
    dispatch(station, now)
    if intricate[index].isPreemptive, messages[place].started.isNaN {
      preempt(station, index, messageClass, now)
    }
  }

  /// Whether a message joins after a look at those who are there.
  private func joins(_ station: Int, _ index: Int, _ place: UInt32) -> Bool {
    switch intricate[index].balking {
    case .never: return true
    case .from(let count): return Int(stations[station].present) < count
    case .discouraged(let rate):
      let message = messages[place]
      let lot = stream.block(message.entity, purpose: message.visits | 1 << 35).unit0
      return lot * (1 + rate * Double(stations[station].present)) < 1
    }
  }

  private mutating func startPatience(
    _ law: LawSampler, _ station: Int, _ place: UInt32, _ now: Double
  ) {
    let message = messages[place]
    let purpose = message.visits | 1 << 36
    let unit = stream.block(message.entity, purpose: purpose).unit0
    let patience = law.draw(unit, stream, message.entity, purpose, values)
    messages[timer: place].sequence = events.push(
      time: now + patience,
      payload: Kind.patience.rawValue | UInt64(place) << 2 | UInt64(station) << 32)
  }

  /// Fills idle servers from the lines, the most urgent first.
  private mutating func dispatch(_ station: Int, _ now: Double) {
    let index = Int(stations[station].intricate)
    while intricate[index].isUp, intricate[index].inService.count < intricate[index].servers,
      let place = takeFirst(of: index)
    {
      begin(station, index, place, now)
      var last = place
      for _ in 1..<max(1, intricate[index].batch) {
        guard let follower = takeFirst(of: index) else { break }
        messages[last].next = follower
        messages[follower].started = now
        messages[timer: follower].sequence = NetworkTimer.none
        last = follower
      }
      messages[last].next = NetworkMessage.none
    }
  }

  /// Interrupts the least urgent service for a message of a more urgent class that waits.
  private mutating func preempt(
    _ station: Int, _ index: Int, _ messageClass: Int, _ now: Double
  ) {
    guard intricate[index].isUp else { return }
    var worst = -1
    for (i, place) in intricate[index].inService.enumerated()
    where self.messageClass(place) > messageClass {
      if worst < 0
        || self.messageClass(place)
          >= self.messageClass(intricate[index].inService[worst])
      {
        worst = i
      }
    }
    guard worst >= 0 else { return }
    let victim = intricate[index].inService[worst]
    settle(station, index, victim, now)
    messages[timer: victim].sequence = NetworkTimer.none
    intricate[index].inService.remove(at: worst)
    prepend(victim, to: intricate[index].line(self.messageClass(victim)), of: index)
    dispatch(station, now)
  }

  /// Begins or resumes a service.
  private mutating func begin(_ station: Int, _ index: Int, _ place: UInt32, _ now: Double) {
    if messages[place].started.isNaN { messages[place].started = now }
    intricate[index].inService.append(place)
    messages[timer: place].since = now
    schedule(station, index, place, now)
  }

  private mutating func schedule(_ station: Int, _ index: Int, _ place: UInt32, _ now: Double) {
    let speed = intricate[index].speed(present: Int(stations[station].present))
    guard speed > 0 else { return messages[timer: place].sequence = NetworkTimer.none }
    messages[timer: place].sequence = events.push(
      time: now + messages[place].work / speed,
      payload: Kind.end.rawValue | UInt64(place) << 2 | UInt64(station) << 32)
  }

  /// Accounts for the work done on a message since it was last looked at.
  private mutating func settle(_ station: Int, _ index: Int, _ place: UInt32, _ now: Double) {
    let speed = intricate[index].speed(present: Int(stations[station].present))
    let time = now - messages[timer: place].since
    messages[timer: place].since = now
    guard speed > 0 else { return }
    messages[place].work = max(0, messages[place].work - time * speed)
    if messages[place].isCounted { tallies[station].work += time }
  }

  /// Changes what the speed depends on; services that are under way go on at the new speed.
  private mutating func change(
    _ station: Int, _ now: Double, isOutage: Bool = false,
    _ body: (inout NetworkSimulation) -> Void
  ) {
    let index = Int(stations[station].intricate)
    guard isOutage || !intricate[index].speeds.isEmpty else { return body(&self) }
    for place in intricate[index].inService { settle(station, index, place, now) }
    body(&self)
    for place in intricate[index].inService { schedule(station, index, place, now) }
  }

  @inline(never)
  mutating func endIntricate<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ event: Event, _ recorder: inout R
  ) {
    guard messages[timer: place].sequence == event.sequence else { return }
    let now = event.time
    let index = Int(stations[station].intricate)
    settle(station, index, place, now)
    messages[timer: place].sequence = NetworkTimer.none
    intricate[index].inService.removeAll { $0 == place }
    var batch: [UInt32] = []
    var next = place
    while next != NetworkMessage.none {
      batch.append(next)
      next = messages[next].next
    }
    change(station, now) { $0.stations[station].present &-= Int32(batch.count) }
    dispatch(station, now)
    for one in batch {
      count(station, one, now, &recorder)
      routeOn(station, one, now, &recorder)
    }
  }

  /// A message that still waits gives up; it keeps its place in line until it comes up.
  @inline(never)
  mutating func losePatience<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ event: Event, _ recorder: inout R
  ) {
    guard messages[timer: place].sequence == event.sequence else { return }
    let index = Int(stations[station].intricate)
    messages[timer: place].sequence = NetworkTimer.none
    remove(place, from: intricate[index].line(messageClass(place)), of: index)
    change(station, event.time) { $0.stations[station].present &-= 1 }
    leave(station, place, .reneged, event.time, &recorder)
  }

  /// A station fails, or is repaired.
  @inline(never)
  mutating func changeState(_ station: Int, _ now: Double) {
    let index = Int(stations[station].intricate)
    change(station, now, isOutage: true) { $0.intricate[index].isUp.toggle() }
    if intricate[index].isUp { dispatch(station, now) }
    scheduleBreakdown(station, at: now)
  }

  mutating func scheduleBreakdown(_ station: Int, at now: Double) {
    let index = Int(stations[station].intricate)
    let law = intricate[index].isUp ? intricate[index].working : intricate[index].repair
    guard let law else { return }
    let entity = UInt64(station) | 1 << 63
    let purpose = intricate[index].failures | 1 << 37
    let unit = stream.block(entity, purpose: purpose).unit0
    intricate[index].failures += 1
    events.push(
      time: now + law.draw(unit, stream, entity, purpose, values),
      payload: Kind.breakdown.rawValue | UInt64(station) << 32)
  }
}

// Lines of messages, linked through `next`.
extension NetworkSimulation {
  private mutating func append(_ place: UInt32, to line: Int, of index: Int) {
    messages[place].next = NetworkMessage.none
    if intricate[index].heads[line] == NetworkMessage.none {
      intricate[index].heads[line] = place
    } else {
      messages[intricate[index].tails[line]].next = place
    }
    intricate[index].tails[line] = place
  }

  private mutating func prepend(_ place: UInt32, to line: Int, of index: Int) {
    messages[place].next = intricate[index].heads[line]
    if intricate[index].heads[line] == NetworkMessage.none { intricate[index].tails[line] = place }
    intricate[index].heads[line] = place
  }

  private mutating func takeFirst(of index: Int) -> UInt32? {
    for line in intricate[index].heads.indices {
      let place = intricate[index].heads[line]
      guard place != NetworkMessage.none else { continue }
      intricate[index].heads[line] = messages[place].next
      return place
    }
    return nil
  }

  /// O(length of the line).
  private mutating func remove(_ place: UInt32, from line: Int, of index: Int) {
    var before = NetworkMessage.none
    var one = intricate[index].heads[line]
    while one != place {
      guard one != NetworkMessage.none else { preconditionFailure("no such message in line") }
      before = one
      one = messages[one].next
    }
    let next = messages[place].next
    if before == NetworkMessage.none {
      intricate[index].heads[line] = next
    } else {
      messages[before].next = next
    }
    if intricate[index].tails[line] == place { intricate[index].tails[line] = before }
  }
}
