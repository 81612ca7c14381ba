/// The network that most papers are about, one source and one line of servers, in a loop of its own.
///
/// It does what the general loop does, in the same order and with the same random numbers, so the
/// state of both is the same after each event. What it saves is generality: the sums stay in
/// registers, and the next birth stays outside the queue of events. For that, its parts must become
/// one function, which the compiler does of itself only if it is told twice.
extension NetworkSimulation {
  mutating func advanceLine(_ limit: Int) -> Bool {
    var loop = LineLoop(progress, stations[0], tallies[0], deadline: deadlines[0])
    var left = limit
    while left > 0, !loop.progress.isFinished {
      let pending = loop.hasBirth ? events.pop(before: loop.birth) : events.pop()
      let event: Event
      if let pending {
        event = pending
      } else if loop.hasBirth {
        loop.hasBirth = false
        event = loop.birth
      } else {
        loop.progress.isFinished = true
        break
      }
      left &-= 1
      loop.progress.elapse(to: event.time, present: messages.count)
      if event.payload & 3 == Kind.birth.rawValue {
        birth(at: event.time, &loop)
      } else {
        end(event, &loop)
      }
    }
    if loop.hasBirth { events.admit(loop.birth) }
    progress = loop.progress
    stations[0] = loop.station
    tallies[0] = loop.tally
    classTallies[0].late &+= loop.late
    return !progress.isFinished
  }

  /// What the loop changes with each event.
  private struct LineLoop {
    var progress: NetworkProgress
    var station: NetworkStation
    var tally: StationTally
    let deadline: Double
    var late = 0
    /// The next birth, while it is kept outside the queue.
    var birth = Event(time: 0, sequence: 0, payload: 0)
    var hasBirth = false

    init(
      _ progress: NetworkProgress, _ station: NetworkStation, _ tally: StationTally,
      deadline: Double
    ) {
      self.progress = progress
      self.station = station
      self.tally = tally
      self.deadline = deadline
    }
  }

  @_transparent
  private mutating func birth(at now: Double, _ loop: inout LineLoop) {
    let total = run.warmup &+ run.customers
    guard run.isSteady || loop.progress.births < total else { return }
    let entity = sent[0]
    let unit = firstUnits[0]
    let isCounted = loop.progress.countBirth(at: now, run)
    sent[0] &+= 1
    if run.isSteady || loop.progress.births < total {
      loop.birth = Event(
        time: now + ahead[0].gap, sequence: events.takeNumber(), payload: Kind.birth.rawValue)
      loop.hasBirth = true
      let block = stream.block(sent[0] &+ 1)
      firstUnits[0] = ahead[0].unit
      ahead[0] = (
        gap: gaps[0].draw(block.unit0, stream, sent[0] &+ 1, 1 << 32, values), unit: block.unit1
      )
    }
    if isCounted { loop.station.arrivals &+= 1 }
    var message = NetworkMessage(entity: entity, born: now, isCounted: isCounted)
    guard loop.station.present < loop.station.capacity else {
      return block(message, now, &loop)
    }
    message.queued = now
    message.visit &+= 1
    message.work = samplers[0].draw(unit, stream, entity, 1, values)
    loop.station.present &+= 1
    if loop.station.idle > 0 {
      loop.station.idle &-= 1
      message.started = now
      let place = messages.add(message)
      events.push(
        time: now + message.work, payload: Kind.end.rawValue | UInt64(place) &<< 2)
    } else {
      let place = messages.add(message)
      if loop.station.head == NetworkMessage.none {
        loop.station.head = place
      } else {
        messages[loop.station.tail].next = place
      }
      loop.station.tail = place
    }
    messages.noteCount()
  }

  /// A message that finds no room is lost.
  @inline(never)
  private mutating func block(_ message: NetworkMessage, _ now: Double, _ loop: inout LineLoop) {
    if message.isCounted {
      loop.progress.countedPresent &-= 1
      loop.progress.countedLeft &+= 1
      loop.progress.ends.blocked &+= 1
      loop.tally.lost &+= 1
    }
    finishIfLast(&loop)
  }

  @_transparent
  private mutating func end(_ event: Event, _ loop: inout LineLoop) {
    let now = event.time
    let place = UInt32(truncatingIfNeeded: event.payload &>> 2) & 0x3FFF_FFFF
    let next = loop.station.head
    if next != NetworkMessage.none {
      loop.station.head = messages[next].next
      messages[next].started = now
      events.push(
        time: now + messages[next].work, payload: Kind.end.rawValue | UInt64(next) &<< 2)
    } else {
      loop.station.idle &+= 1
    }
    loop.station.present &-= 1
    if messages[place].isCounted {
      let queued = messages[place].queued
      loop.tally.work += messages[place].work
      loop.tally.count(wait: messages[place].started - queued, sojourn: now - queued)
      loop.progress.countServed(sojourn: now - queued)
      if now - queued > loop.deadline { loop.late &+= 1 }
    }
    messages.remove(place)
    finishIfLast(&loop)
  }

  /// Ends the run with the last message, or with the last that counts.
  @_transparent
  private mutating func finishIfLast(_ loop: inout LineLoop) {
    if run.isSteady {
      if loop.progress.countedLeft == run.customers { loop.progress.isFinished = true }
    } else if messages.count == 0, loop.progress.births == run.warmup &+ run.customers {
      loop.progress.isFinished = true
    }
  }
}
