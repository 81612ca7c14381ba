/// Sending to queues, bounds, and what the publisher sees of them.
extension MessageBroker {
  /// Hands a message over to a queue; with a transaction it is put aside until the commit.
  ///
  /// A blocked publisher sends nothing more until a receipt says so: `busy`.
  @discardableResult
  public mutating func send(
    _ message: OutgoingMessage, from publisher: Publisher, to queue: Queue,
    in transaction: Transaction? = nil, at time: Double
  ) -> SendOutcome {
    advance(to: time)
    let sender = checked(publisher)
    if publishers[sender].blocked > 0 { return .busy }
    guard exists(queue) else {
      refuse(message, from: sender, .noDestination)
      return .refused
    }
    let slot = takeIn(message, from: sender, to: queue.slot)
    if let transaction {
      stage(slot, in: transaction)
      return .staged
    }
    let outcome = offer(slot)
    if outcome != .blocked { confirm(message.number, to: sender, isAccepted: outcome == .accepted) }
    return outcome
  }

  func checked(_ publisher: Publisher) -> UInt32 {
    precondition(
      publishers.isCurrent(publisher.slot, publisher.generation)
        && !publishers[publisher.slot].isGone, "a publisher that was removed")
    return publisher.slot
  }

  /// Takes a message into custody, in no line yet.
  mutating func takeIn(
    _ message: OutgoingMessage, from publisher: UInt32, to queue: UInt32
  ) -> UInt32 {
    let slot = messages.take()
    messages[slot].message = message.number
    messages[slot].expiry = profile.expiry.moment(message.expiry, now: now)
    messages[slot].queue = queue
    messages[slot].publisher = publisher
    messages[slot].type = message.type
    messages[slot].priority = min(message.priority, 9)
    messages[slot].isPersistent = message.isPersistent
    census.sent &+= 1
    return slot
  }

  /// Puts a message into its queue, or does what the queue's rule says if there is no room.
  mutating func offer(_ slot: UInt32) -> SendOutcome {
    let queue = messages[slot].queue
    sequence &+= 1
    messages[slot].sequence = sequence
    if messages[slot].expiry <= now {
      lose(slot, .expired)
      return .accepted
    }
    if queues[queue].waiting >= queues[queue].policy.capacity {
      switch queues[queue].overflow {
      case .dropNew:
        discard(slot, .bound)
        return .refused
      case .dropOld: makeRoom(in: queue)
      case .block:
        appendBlocked(slot)
        return .blocked
      }
    }
    enter(slot)
    settle(queue)
    return .accepted
  }

  /// Drops the messages whose turn it is until one more fits.
  mutating func makeRoom(in queue: UInt32) {
    while queues[queue].waiting >= queues[queue].policy.capacity,
      let oldest = firstWaiting(of: queue)
    {
      unlinkWaiting(oldest)
      lose(oldest, .bound)
    }
  }

  /// Puts a message into a queue that has room.
  mutating func enter(_ slot: UInt32) {
    let lifetime = queues[messages[slot].queue].policy.timeToLiveSeconds
    if lifetime < .infinity { limitExpiry(slot, now + lifetime) }
    appendFresh(slot)
    timers.start(slot, &messages)
  }

  private mutating func limitExpiry(_ slot: UInt32, _ moment: Double) {
    guard moment < messages[slot].expiry else { return }
    timers.stop(slot, &messages)
    messages[slot].expiry = moment
  }

  /// Records the loss of a message that no queue ever had.
  mutating func refuse(
    _ message: OutgoingMessage, from publisher: UInt32, _ reason: LossReason,
    isAccepted: Bool = false
  ) {
    census.sent &+= 1
    census.gone[reason.code] &+= 1
    losses.append(
      BrokerLoss(
        time: now, message: message.number, queue: nil, publisher: publisherID(publisher),
        reason: reason, deliveries: 0, deadLetterQueue: nil))
    confirm(message.number, to: publisher, isAccepted: isAccepted)
  }

  mutating func confirm(
    _ message: UInt64, to publisher: UInt32, isAccepted: Bool, wasBlocked: Bool = false
  ) {
    guard wasBlocked || publishers[publisher].wantsReceipts else { return }
    receipts.append(
      BrokerReceipt(
        time: now, publisher: publisherID(publisher), message: message, isAccepted: isAccepted,
        wasBlocked: wasBlocked))
  }
}
