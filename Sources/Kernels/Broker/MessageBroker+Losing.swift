/// The end of messages that nobody acknowledged.
extension MessageBroker {
  /// Lets timers go off that are due at `time`, each at its own moment.
  ///
  /// Every other call does it first.
  public mutating func advance(to time: Double) {
    precondition(time >= now, "time goes back, or is no number")
    while let slot = timers.first, messages[slot].expiry <= time {
      now = max(now, messages[slot].expiry)
      expire(slot)
    }
    now = time
  }

  private mutating func expire(_ slot: UInt32) {
    timers.stop(slot, &messages)
    let queue = messages[slot].queue
    switch messages[slot].place {
    case .fresh, .returned:
      unlinkWaiting(slot)
      lose(slot, .expired)
      settle(queue)
    case .blocked:
      let publisher = messages[slot].publisher
      unlinkBlocked(slot)
      lose(slot, .expired)
      release(publisher, isLost: true)
    case .nowhere, .staged, .inHand: break
    }
  }

  /// Records the loss of a message that is in no list, and moves it to the dead-letter queue if its
  /// queue has one that takes it.
  mutating func lose(_ slot: UInt32, _ reason: LossReason) {
    guard let target = deadLetterQueue(for: slot, reason) else { return discard(slot, reason) }
    record(slot, reason, deadLetterQueue: target)
    census.deadLettered[reason.code] &+= 1
    timers.stop(slot, &messages)
    makeRoom(in: target.slot)
    sequence &+= 1
    messages[slot].sequence = sequence
    messages[slot].expiry = .infinity
    messages[slot].queue = target.slot
    messages[slot].attempts = 0
    messages[slot].generation &+= 1
    enter(slot)
    settle(target.slot)
  }

  /// Records the loss of a message that is in no list, for good.
  mutating func discard(_ slot: UInt32, _ reason: LossReason, wasBlocked: Bool = false) {
    record(slot, reason, deadLetterQueue: nil)
    census.gone[reason.code] &+= 1
    let publisher = messages[slot].publisher
    timers.stop(slot, &messages)
    messages.giveBack(slot)
    if wasBlocked { release(publisher, isLost: true) }
  }

  private mutating func record(_ slot: UInt32, _ reason: LossReason, deadLetterQueue: Queue?) {
    let queue = messages[slot].queue
    losses.append(
      BrokerLoss(
        time: now, message: messages[slot].message, queue: queue == .none ? nil : queueID(queue),
        publisher: publisherID(messages[slot].publisher), reason: reason,
        deliveries: Int(messages[slot].attempts), deadLetterQueue: deadLetterQueue))
  }

  /// A dead letter is not worth blocking or refusing for: a full dead-letter queue takes it only if
  /// it drops old messages.
  ///
  /// A queue can name only a queue that was declared before it, so dead letters never go round.
  private func deadLetterQueue(for slot: UInt32, _ reason: LossReason) -> Queue? {
    guard reason.isDeadLettered,
      let target = queues[messages[slot].queue].policy.deadLetterQueue, exists(target),
      profile.deadLetterScope == .all || messages[slot].isPersistent
    else { return nil }
    let hasRoom = queues[target.slot].waiting < queues[target.slot].policy.capacity
    return hasRoom || queues[target.slot].overflow == .dropOld ? target : nil
  }
}
