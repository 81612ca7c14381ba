/// The line outside of a full queue, and the back-pressure that its publishers feel.
extension MessageBroker {
  mutating func appendBlocked(_ slot: UInt32) {
    let (queue, publisher) = (messages[slot].queue, messages[slot].publisher)
    let last = queues[queue].blocked.last
    messages[slot].place = .blocked
    messages[slot].previous = last
    messages[slot].next = .none
    if last == .none {
      queues[queue].blocked.first = slot
    } else {
      messages[last].next = slot
    }
    queues[queue].blocked.last = slot
    publishers[publisher].blocked += 1
    publishers[publisher].blockedMessage = messages[slot].message
    census.blocked += 1
    timers.start(slot, &messages)
  }

  mutating func unlinkBlocked(_ slot: UInt32) {
    let queue = messages[slot].queue
    let (before, after) = (messages[slot].previous, messages[slot].next)
    if before == .none {
      queues[queue].blocked.first = after
    } else {
      messages[before].next = after
    }
    if after == .none {
      queues[queue].blocked.last = before
    } else {
      messages[after].previous = before
    }
    messages[slot].place = .nowhere
    census.blocked -= 1
  }

  /// Lets the first of the line in, if there is room.
  mutating func admitBlocked(to queue: UInt32) -> Bool {
    guard !queues[queue].blocked.isEmpty,
      queues[queue].waiting < queues[queue].policy.capacity
    else { return false }
    let slot = queues[queue].blocked.first
    let publisher = messages[slot].publisher
    unlinkBlocked(slot)
    enter(slot)
    release(publisher, isLost: false)
    return true
  }

  /// A message of a blocked publisher left the line; with the last of them the publisher goes on.
  mutating func release(_ publisher: UInt32, isLost: Bool) {
    publishers[publisher].blocked -= 1
    if isLost { publishers[publisher].hasLost = true }
    guard publishers[publisher].blocked == 0 else { return }
    confirm(
      publishers[publisher].blockedMessage, to: publisher,
      isAccepted: !publishers[publisher].hasLost, wasBlocked: true)
    publishers[publisher].hasLost = false
  }
}
