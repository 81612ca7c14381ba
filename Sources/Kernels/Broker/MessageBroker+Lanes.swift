/// Lanes: one for a whole queue, or one per type where some consumer selects by type.
extension MessageBroker {
  /// The lane in which messages of a type wait, made where it is missing.
  mutating func lane(of queue: UInt32, type: UInt16) -> UInt32 {
    guard queues[queue].isSelective else { return queues[queue].firstLane }
    return laneOfType[Self.laneKey(queue, type)] ?? addLane(to: queue, type: type)
  }

  mutating func addLane(to queue: UInt32, type: UInt16) -> UInt32 {
    let lane = lanes.take()
    lanes[lane].queue = queue
    lanes[lane].type = type
    lanes[lane].next = queues[queue].firstLane
    queues[queue].firstLane = lane
    if queues[queue].isSelective { laneOfType[Self.laneKey(queue, type)] = lane }
    return lane
  }

  mutating func removeLanes(of queue: UInt32) {
    while queues[queue].firstLane != .none {
      let lane = queues[queue].firstLane
      queues[queue].firstLane = lanes[lane].next
      laneOfType[Self.laneKey(queue, lanes[lane].type)] = nil
      lanes.giveBack(lane)
    }
  }

  /// Sorts the waiting messages of a queue into a lane per type, when the first consumer selects.
  ///
  /// O(n log n), once in the life of a queue.
  mutating func makeSelective(_ queue: UInt32) {
    guard !queues[queue].isSelective else { return }
    var waiting: [(slot: UInt32, place: QueuedMessage.Place)] = []
    while let slot = firstWaiting(of: queue) {
      waiting.append((slot, messages[slot].place))
      unlinkWaiting(slot)
    }
    removeLanes(of: queue)
    queues[queue].isSelective = true
    for (slot, place) in waiting {
      if place == .fresh { appendFresh(slot) } else { insertReturned(slot) }
    }
  }

  private static func laneKey(_ queue: UInt32, _ type: UInt16) -> UInt64 {
    UInt64(queue) &<< 16 | UInt64(type)
  }
}
