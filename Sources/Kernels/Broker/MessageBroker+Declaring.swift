/// Queues and publishers, declared and removed while traffic flows (requirement N24e).
extension MessageBroker {
  /// A new, empty queue.
  public mutating func declareQueue(_ policy: QueuePolicy = QueuePolicy()) -> Queue {
    precondition(policy.isSound, "a bound, level, limit or time to live out of range")
    let slot = queues.take()
    queues[slot].policy = policy
    queues[slot].overflow = policy.overflow ?? profile.overflow
    queues[slot].isLive = true
    _ = addLane(to: slot, type: 0)
    return queueID(slot)
  }

  /// Removes a queue or subscription; its messages, also those in hand, are lost, its consumers get
  /// nothing more, and publishers that waited for room go on.
  ///
  /// O(messages + consumers).
  ///
  /// - Returns: false if there is none.
  @discardableResult
  public mutating func removeQueue(_ queue: Queue, at time: Double) -> Bool {
    advance(to: time)
    guard exists(queue) else { return false }
    let slot = queue.slot
    leaveTopic(slot)
    dismissConsumers(of: slot)
    loseWaiting(of: slot)
    loseBlocked(of: slot)
    forgetStaged(for: slot)
    removeLanes(of: slot)
    queues[slot].isLive = false
    queues.giveBack(slot)
    return true
  }

  /// A new publisher; with `wantsReceipts` each message is confirmed when the broker has it.
  public mutating func addPublisher(wantsReceipts: Bool = false) -> Publisher {
    let slot = publishers.take()
    publishers[slot].wantsReceipts = wantsReceipts
    return publisherID(slot)
  }

  /// The publisher is cut off: its open transactions are aborted; what it handed over stays.
  ///
  /// Its number is never used again, so that records of its messages stay true.
  public mutating func removePublisher(_ publisher: Publisher, at time: Double) {
    advance(to: time)
    publishers[publisher.slot].isGone = true
    for slot in transactions.slots(where: { $0.isOpen && $0.publisher == publisher.slot }) {
      abort(Transaction(slot: slot, generation: transactions[slot].generation), at: time)
    }
  }

  func queueID(_ slot: UInt32) -> Queue {
    Queue(slot: slot, generation: queues[slot].generation)
  }

  func publisherID(_ slot: UInt32) -> Publisher {
    Publisher(slot: slot, generation: publishers[slot].generation)
  }

  private mutating func dismissConsumers(of queue: UInt32) {
    while queues[queue].firstConsumer != .none {
      let consumer = queues[queue].firstConsumer
      leaveReady(consumer)
      while let slot = popHeld(of: consumer) { discard(slot, .queueRemoved) }
      leaveQueue(consumer)
    }
  }

  private mutating func loseWaiting(of queue: UInt32) {
    while let slot = firstWaiting(of: queue) {
      unlinkWaiting(slot)
      discard(slot, .queueRemoved)
    }
  }

  private mutating func loseBlocked(of queue: UInt32) {
    while !queues[queue].blocked.isEmpty {
      let slot = queues[queue].blocked.first
      unlinkBlocked(slot)
      discard(slot, .queueRemoved, wasBlocked: true)
    }
  }

  /// What open transactions hold for a removed queue has no destination when they are committed.
  private mutating func forgetStaged(for queue: UInt32) {
    for transaction in transactions.slots(where: \.isOpen) {
      var slot = transactions[transaction].staged.first
      while slot != .none {
        if messages[slot].queue == queue { messages[slot].queue = .none }
        slot = messages[slot].next
      }
    }
  }
}
