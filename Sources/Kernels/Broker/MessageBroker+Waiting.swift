/// The waiting messages of a queue: by priority, then those that came back, then by arrival.
extension MessageBroker {
  /// The level of a message in its queue.
  @inline(__always)
  func level(of slot: UInt32) -> Int {
    min(Int(messages[slot].priority), queues[messages[slot].queue].policy.priorityLevels &- 1)
  }

  /// The message of a lane whose turn it is; the lane must not be empty.
  @inline(__always)
  func first(in lane: UInt32) -> UInt32 {
    let highest = Lane.highest(lanes[lane].occupied)
    let returned = lanes[lane].levels[highest].returned
    return returned != .none ? returned : lanes[lane].levels[highest].fresh.first
  }

  /// The message of a queue whose turn it is; O(lanes).
  func firstWaiting(of queue: UInt32) -> UInt32? {
    var best = UInt32.none
    var lane = queues[queue].firstLane
    while lane != .none {
      if lanes[lane].occupied != 0 { best = earlier(best, first(in: lane)) }
      lane = lanes[lane].next
    }
    return best == .none ? nil : best
  }

  /// Which of two waiting messages of one queue is served first; `a` may be none.
  func earlier(_ a: UInt32, _ b: UInt32) -> UInt32 {
    guard a != .none else { return b }
    let (x, y) = (level(of: a), level(of: b))
    if x != y { return x > y ? a : b }
    if messages[a].place != messages[b].place { return messages[a].place == .returned ? a : b }
    return messages[a].sequence < messages[b].sequence ? a : b
  }

  /// Puts a message behind all of its level.
  mutating func appendFresh(_ slot: UInt32) {
    let lane = lane(of: messages[slot].queue, type: messages[slot].type)
    let level = level(of: slot)
    let last = lanes[lane].levels[level].fresh.last
    messages[slot].place = .fresh
    messages[slot].previous = last
    messages[slot].next = .none
    if last == .none {
      lanes[lane].levels[level].fresh.first = slot
    } else {
      messages[last].next = slot
    }
    lanes[lane].levels[level].fresh.last = slot
    countIn(slot, lane, level)
  }

  /// Puts a message that came back before all that never left, in the old order.
  mutating func insertReturned(_ slot: UInt32) {
    let lane = lane(of: messages[slot].queue, type: messages[slot].type)
    let level = level(of: slot)
    messages[slot].place = .returned
    messages[slot].previous = .none
    messages[slot].next = .none
    let root = merged(lanes[lane].levels[level].returned, slot)
    messages[root].holder = .none
    lanes[lane].levels[level].returned = root
    countIn(slot, lane, level)
  }

  /// Takes a waiting message out of its line.
  mutating func unlinkWaiting(_ slot: UInt32) {
    let queue = messages[slot].queue
    let lane = lane(of: queue, type: messages[slot].type)
    let level = level(of: slot)
    if messages[slot].place == .returned {
      removeReturned(slot, lane, level)
    } else {
      removeFresh(slot, lane, level)
    }
    messages[slot].place = .nowhere
    if lanes[lane].levels[level].isEmpty { lanes[lane].occupied &= ~(1 &<< UInt16(level)) }
    queues[queue].waiting &-= 1
    census.waiting &-= 1
  }

  @inline(__always)
  private mutating func countIn(_ slot: UInt32, _ lane: UInt32, _ level: Int) {
    lanes[lane].occupied |= 1 &<< UInt16(level)
    queues[messages[slot].queue].waiting &+= 1
    census.waiting &+= 1
  }

  private mutating func removeFresh(_ slot: UInt32, _ lane: UInt32, _ level: Int) {
    let (before, after) = (messages[slot].previous, messages[slot].next)
    if before == .none {
      lanes[lane].levels[level].fresh.first = after
    } else {
      messages[before].next = after
    }
    if after == .none {
      lanes[lane].levels[level].fresh.last = before
    } else {
      messages[after].previous = before
    }
  }

  /// Puts the children of a message of the heap in its place.
  private mutating func removeReturned(_ slot: UInt32, _ lane: UInt32, _ level: Int) {
    let parent = messages[slot].holder
    let rest = merged(messages[slot].previous, messages[slot].next)
    if rest != .none { messages[rest].holder = parent }
    messages[slot].holder = .none
    if parent == .none {
      lanes[lane].levels[level].returned = rest
    } else if messages[parent].previous == slot {
      messages[parent].previous = rest
    } else {
      messages[parent].next = rest
    }
  }

  /// The root of two skew heaps made one, the parent of the root left to the caller: walk down the
  /// right spines, swapping the children of each message passed; O(log n) amortised.
  ///
  /// Source: Sleator and Tarjan, "Self-adjusting heaps", SIAM Journal on Computing 15 (1986).
  private mutating func merged(_ a: UInt32, _ b: UInt32) -> UInt32 {
    var (one, other) = (a, b)
    var root = UInt32.none
    var tail = UInt32.none
    while one != .none, other != .none {
      if messages[other].sequence < messages[one].sequence { swap(&one, &other) }
      if tail == .none { root = one } else { hang(one, below: tail) }
      let right = messages[one].next
      messages[one].next = messages[one].previous
      messages[one].previous = .none
      tail = one
      one = right
    }
    let rest = one == .none ? other : one
    if tail == .none { return rest }
    if rest != .none { hang(rest, below: tail) }
    return root
  }

  @inline(__always)
  private mutating func hang(_ child: UInt32, below parent: UInt32) {
    messages[parent].previous = child
    messages[child].holder = parent
  }
}
