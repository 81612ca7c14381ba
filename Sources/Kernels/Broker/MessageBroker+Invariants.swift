/// What must hold between any two calls.
extension MessageBroker {
  /// The first invariant that is broken, in words; nil in a sound broker.
  ///
  /// O(everything): for tests and for replay behind a flag.
  public var firstFault: String? {
    if !census.isConserved { return "messages are not conserved: \(census)" }
    var counted = BrokerCensus()
    for queue in queues.slots(where: \.isLive) {
      if let fault = count(queue, into: &counted) { return "queue \(queue): \(fault)" }
    }
    let pairs = [
      ("waiting", counted.waiting, census.waiting), ("in hand", counted.inHand, census.inHand),
      ("blocked", counted.blocked, census.blocked),
      ("in custody", messages.count, census.inFlight),
    ]
    for (name, found, known) in pairs where found != known {
      return "\(found) messages are \(name), the census says \(known)"
    }
    return nil
  }

  private func count(_ queue: UInt32, into census: inout BrokerCensus) -> String? {
    var lane = queues[queue].firstLane
    var waiting = 0
    while lane != .none {
      let consumer = queues[queue].ready.first != .none || lanes[lane].ready.first != .none
      if lanes[lane].occupied != 0, consumer { return "a message waits for a consumer with room" }
      for level in 0..<10 {
        let number = count(lane, level)
        let isMarked = lanes[lane].occupied >> UInt16(level) & 1 == 1
        if (number > 0) != isMarked { return "level \(level) is marked wrongly" }
        waiting += number
      }
      lane = lanes[lane].next
    }
    if waiting != queues[queue].waiting { return "\(waiting) messages wait, not as counted" }
    let held = countHeld(queue)
    if held != queues[queue].inHand { return "\(held) messages are in hand, not as counted" }
    census.waiting += waiting
    census.inHand += held
    census.blocked += length(from: queues[queue].blocked.first)
    if !queues[queue].blocked.isEmpty, waiting < queues[queue].policy.capacity {
      return "a publisher waits for room that there is"
    }
    return nil
  }

  private func count(_ lane: UInt32, _ level: Int) -> Int {
    let line = lanes[lane].levels[level]
    var number = length(from: line.fresh.first)
    var rest = [line.returned].filter { $0 != .none }
    while let slot = rest.popLast() {
      number += 1
      for child in [messages[slot].previous, messages[slot].next] where child != .none {
        guard messages[child].sequence > messages[slot].sequence, messages[child].holder == slot
        else { return .max }
        rest.append(child)
      }
    }
    return number
  }

  private func countHeld(_ queue: UInt32) -> Int {
    var number = 0
    var consumer = queues[queue].firstConsumer
    while consumer != .none {
      let held = length(from: consumers[consumer].held.first)
      guard held == Int(consumers[consumer].inHand), held <= Int(consumers[consumer].window),
        consumers[consumer].isReady == consumers[consumer].hasRoom
      else { return .max }
      number += held
      consumer = consumers[consumer].nextOfQueue
    }
    return number
  }

  private func length(from first: UInt32) -> Int {
    var number = 0
    var slot = first
    while slot != .none {
      number += 1
      slot = messages[slot].next
    }
    return number
  }
}
