/// Consumers that have room, in the order of their turns.
extension MessageBroker {
  /// Puts a consumer that has room behind the others, if it is not among them.
  mutating func joinReady(_ consumer: UInt32) {
    guard consumers[consumer].hasRoom, !consumers[consumer].isReady else { return }
    turn &+= 1
    consumers[consumer].turn = turn
    consumers[consumer].isReady = true
    var list = readyList(of: consumer)
    consumers[consumer].previousReady = list.last
    consumers[consumer].nextReady = .none
    if list.last == .none {
      list.first = consumer
    } else {
      consumers[list.last].nextReady = consumer
    }
    list.last = consumer
    setReadyList(of: consumer, list)
  }

  mutating func leaveReady(_ consumer: UInt32) {
    guard consumers[consumer].isReady else { return }
    consumers[consumer].isReady = false
    var list = readyList(of: consumer)
    let (before, after) = (consumers[consumer].previousReady, consumers[consumer].nextReady)
    if before == .none { list.first = after } else { consumers[before].nextReady = after }
    if after == .none { list.last = before } else { consumers[after].previousReady = before }
    setReadyList(of: consumer, list)
  }

  @inline(__always)
  private func readyList(of consumer: UInt32) -> SlotList {
    let lane = consumers[consumer].lane
    return lane == .none ? queues[consumers[consumer].queue].ready : lanes[lane].ready
  }

  @inline(__always)
  private mutating func setReadyList(of consumer: UInt32, _ list: SlotList) {
    let lane = consumers[consumer].lane
    if lane == .none {
      queues[consumers[consumer].queue].ready = list
    } else {
      lanes[lane].ready = list
    }
  }
}
