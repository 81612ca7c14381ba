/// Competing consumers, in turn.
extension MessageBroker {
  /// Delivers, and lets blocked messages in, until neither is possible.
  mutating func settle(_ queue: UInt32) {
    repeat { dispatch(queue) } while admitBlocked(to: queue)
  }

  /// Delivers what waits to consumers that want it and have room.
  private mutating func dispatch(_ queue: UInt32) {
    while queues[queue].waiting > 0, let (slot, consumer) = nextMatch(in: queue) {
      unlinkWaiting(slot)
      deliver(slot, to: consumer)
    }
  }

  /// The first message that somebody may have, and whose turn it is to have it.
  private func nextMatch(in queue: UInt32) -> (slot: UInt32, consumer: UInt32)? {
    let everyType = queues[queue].ready.first
    guard queues[queue].isSelective else {
      return everyType == .none ? nil : (first(in: queues[queue].firstLane), everyType)
    }
    var best = UInt32.none
    var taker = UInt32.none
    var lane = queues[queue].firstLane
    while lane != .none {
      let consumer = sooner(everyType, lanes[lane].ready.first)
      if lanes[lane].occupied != 0, consumer != .none {
        let slot = first(in: lane)
        if earlier(best, slot) == slot { (best, taker) = (slot, consumer) }
      }
      lane = lanes[lane].next
    }
    return best == .none ? nil : (best, taker)
  }

  /// Which of two ready consumers has its turn; either may be none.
  private func sooner(_ a: UInt32, _ b: UInt32) -> UInt32 {
    if a == .none { return b }
    if b == .none { return a }
    return consumers[a].turn < consumers[b].turn ? a : b
  }

  private mutating func deliver(_ slot: UInt32, to consumer: UInt32) {
    if messages[slot].attempts > 0 { census.redeliveries &+= 1 }
    messages[slot].attempts = max(messages[slot].attempts, messages[slot].attempts &+ 1)
    messages[slot].generation &+= 1
    appendHeld(slot, to: consumer)
    leaveReady(consumer)
    joinReady(consumer)
    census.deliveries &+= 1
    deliveries.append(
      BrokerDelivery(
        tag: .init(slot: slot, generation: messages[slot].generation), time: now,
        message: messages[slot].message, queue: queueID(messages[slot].queue),
        consumer: Consumer(slot: consumer, generation: consumers[consumer].generation),
        publisher: publisherID(messages[slot].publisher), type: messages[slot].type,
        priority: messages[slot].priority, attempt: messages[slot].attempts))
  }

  /// Puts a message at the end of a consumer's window.
  private mutating func appendHeld(_ slot: UInt32, to consumer: UInt32) {
    let last = consumers[consumer].held.last
    messages[slot].place = .inHand
    messages[slot].holder = consumer
    messages[slot].previous = last
    messages[slot].next = .none
    if last == .none {
      consumers[consumer].held.first = slot
    } else {
      messages[last].next = slot
    }
    consumers[consumer].held.last = slot
    consumers[consumer].inHand &+= 1
    queues[messages[slot].queue].inHand &+= 1
    census.inHand &+= 1
  }

  /// Takes a message out of its consumer's window.
  mutating func unlinkHeld(_ slot: UInt32) {
    let consumer = messages[slot].holder
    let (before, after) = (messages[slot].previous, messages[slot].next)
    if before == .none {
      consumers[consumer].held.first = after
    } else {
      messages[before].next = after
    }
    if after == .none {
      consumers[consumer].held.last = before
    } else {
      messages[after].previous = before
    }
    messages[slot].place = .nowhere
    messages[slot].holder = .none
    consumers[consumer].inHand &-= 1
    queues[messages[slot].queue].inHand &-= 1
    census.inHand &-= 1
  }

  /// Takes the message out of a consumer's window that was delivered first.
  mutating func popHeld(of consumer: UInt32) -> UInt32? {
    let slot = consumers[consumer].held.first
    guard slot != .none else { return nil }
    unlinkHeld(slot)
    return slot
  }
}
