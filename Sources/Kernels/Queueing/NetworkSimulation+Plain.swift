extension NetworkSimulation {
  /// A message arrives at a station; `unit` gives the service that it needs there.
  @inline(__always)
  mutating func join<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, unit: Double, _ recorder: inout R
  ) {
    if messages[place].isCounted { stations[station].arrivals &+= 1 }
    messages[place].queued = now
    messages[place].started = .nan
    guard stations[station].present < stations[station].capacity else {
      return leave(station, place, .blocked, now, &recorder)
    }
    messages.noteCount()
    messages[place].visit &+= 1
    var law = Int(stations[station].sampler)
    if stations[station].hasClassServices { law &+= messageClass(place) }
    let entity = messages[place].entity
    messages[place].work = samplers[law].draw(
      unit, stream, entity, messages[place].visits, values)
    if !recordedWorks.isEmpty, let work = recordedWork(messages[place]) {
      messages[place].work = work
    }
    if stations[station].intricate >= 0 {
      return joinIntricate(station, place, now, &recorder)
    }
    stations[station].present &+= 1
    if stations[station].idle > 0 {
      stations[station].idle &-= 1
      startPlain(station, place, now)
    } else {
      append(place, to: station)
    }
  }

  @inline(__always)
  private mutating func startPlain(_ station: Int, _ place: UInt32, _ now: Double) {
    messages[place].started = now
    events.push(
      time: now + messages[place].work,
      payload: Kind.end.rawValue | UInt64(place) &<< 2 | UInt64(station) &<< 32)
  }

  @inline(__always)
  private mutating func append(_ place: UInt32, to station: Int) {
    messages[place].next = NetworkMessage.none
    let tail = stations[station].tail
    if stations[station].head == NetworkMessage.none {
      stations[station].head = place
    } else {
      messages[tail].next = place
    }
    stations[station].tail = place
  }

  /// The server takes the next in line before the served message moves on.
  @inline(__always)
  mutating func endPlain<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, _ recorder: inout R
  ) {
    let next = stations[station].head
    if next != NetworkMessage.none {
      stations[station].head = messages[next].next
      startPlain(station, next, now)
    } else {
      stations[station].idle &+= 1
    }
    if isWide, !events.usesRadix { foresee(events.likelyNext) }
    stations[station].present &-= 1
    if messages[place].isCounted { tallies[station].work += messages[place].work }
    count(station, place, now, &recorder)
    routeOn(station, place, now, &recorder)
  }

  /// Counts a service that ended.
  @inline(__always)
  mutating func count<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, _ recorder: inout R
  ) {
    recorder.visited(station, messages[place], now: now)
    guard messages[place].isCounted else { return }
    let queued = messages[place].queued
    let wait = messages[place].started - queued
    tallies[station].count(wait: wait, sojourn: now - queued)
    // The sums of a single class are those of all stations.
    if classCount > 1 { countInClass(place, wait: wait, sojourn: now - queued) }
  }

  @inline(never)
  private mutating func countInClass(_ place: UInt32, wait: Double, sojourn: Double) {
    let index = messageClass(place)
    classTallies[index].visits &+= 1
    classTallies[index].waits += wait
    classTallies[index].sojourns += sojourn
  }

  /// A message leaves the network, or in a closed one begins its next round.
  @inline(__always)
  mutating func leave<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ end: MessageEnd, _ now: Double, _ recorder: inout R
  ) {
    recorder.left(station, messages[place], end, now: now)
    if messages[place].isCounted { countLeaving(station, place, end, now) }
    if isClosed {
      beginRound(station, place, now, &recorder)
    } else {
      messages.remove(place)
      if messages.count == 0, !run.isSteady, progress.births == run.warmup &+ run.customers {
        progress.isFinished = true
      }
    }
  }

  @inline(__always)
  private mutating func countLeaving(
    _ station: Int, _ place: UInt32, _ end: MessageEnd, _ now: Double
  ) {
    let sojourn = now - messages[place].born
    if end == .served {
      progress.countServed(sojourn: sojourn)
      let index = classCount > 1 ? messageClass(place) : 0
      if sojourn > deadlines[index] { classTallies[index].late &+= 1 }
    } else {
      progress.lifetimes += sojourn
      progress.countedPresent &-= 1
      progress.countedLeft &+= 1
      countLoss(station, end)
    }
    if run.isSteady || isClosed, progress.countedLeft == run.customers {
      progress.isFinished = true
    }
  }

  @inline(never)
  private mutating func countLoss(_ station: Int, _ end: MessageEnd) {
    tallies[station].lost += 1
    switch end {
    case .served: break
    case .blocked: progress.ends.blocked += 1
    case .balked: progress.ends.balked += 1
    case .reneged: progress.ends.reneged += 1
    }
  }

  /// Its number stays, so its random numbers are those of its further visits.
  private mutating func beginRound<R: VisitRecorder>(
    _ station: Int, _ place: UInt32, _ now: Double, _ recorder: inout R
  ) {
    let isCounted = progress.countBirth(at: now, run)
    let visits = messages[place].visit & ~NetworkMessage.countedBit
    messages[place].born = now
    messages[place].visit = visits | (isCounted ? NetworkMessage.countedBit : 0)
    let message = messages[place]
    let unit = stream.block(message.entity, purpose: message.visits | 1 << 34).unit1
    enter(entries[0], place, now, unit: unit, &recorder)
  }
}
