/// Positive and negative acknowledgements.
extension MessageBroker {
  /// A consumer is done with a message, and in mode `client` with all that were delivered to it
  /// before; in mode `auto` the consumer has read it.
  ///
  /// In a transaction it is put aside until the commit; until then the message stays in the window.
  ///
  /// - Returns: false if the tag no longer means a message in hand.
  @discardableResult
  public mutating func acknowledge(
    _ tag: BrokerDelivery.Tag, in transaction: Transaction? = nil, at time: Double
  ) -> Bool {
    advance(to: time)
    guard isInHand(tag) else { return false }
    if let transaction {
      stage(tag, in: transaction)
    } else {
      let queue = messages[tag.slot].queue
      finish(tag.slot)
      settle(queue)
    }
    return true
  }

  /// A consumer refuses a message, and in mode `client` all that were delivered to it before (STOMP
  /// 1.2, NACK).
  ///
  /// By the profile it is rejected, or goes back to its queue unless `requeue` is false.
  ///
  /// - Returns: false if the tag no longer means a message in hand, or if acknowledgement is
  ///   automatic.
  @discardableResult
  public mutating func refuse(
    _ tag: BrokerDelivery.Tag, requeue: Bool = true, at time: Double
  ) -> Bool {
    advance(to: time)
    guard isInHand(tag) else { return false }
    let consumer = messages[tag.slot].holder
    let queue = messages[tag.slot].queue
    guard consumers[consumer].policy.mode != .auto else { return false }
    let isRejected = profile.nack == .rejects || !requeue
    var slot = firstMeant(by: tag.slot)
    while true {
      let next = messages[slot].next
      unlinkHeld(slot)
      if isRejected { lose(slot, .rejected) } else { comeBack(slot) }
      if slot == tag.slot { break }
      slot = next
    }
    joinReady(consumer)
    settle(queue)
    return true
  }

  func isInHand(_ tag: BrokerDelivery.Tag) -> Bool {
    messages.isCurrent(tag.slot, tag.generation) && messages[tag.slot].place == .inHand
  }

  /// The first message that an acknowledgement of this one means.
  private func firstMeant(by slot: UInt32) -> UInt32 {
    let consumer = messages[slot].holder
    return consumers[consumer].policy.mode == .client ? consumers[consumer].held.first : slot
  }

  /// Settles the messages that an acknowledgement means, and counts the room that they leave.
  mutating func finish(_ last: UInt32) {
    let consumer = messages[last].holder
    var slot = firstMeant(by: last)
    while true {
      let next = messages[slot].next
      unlinkHeld(slot)
      timers.stop(slot, &messages)
      messages.giveBack(slot)
      census.acknowledged &+= 1
      if slot == last { break }
      slot = next
    }
    joinReady(consumer)
  }

  /// Puts a message that is in no list back into its queue, unless it was delivered too often or
  /// has expired meanwhile.
  mutating func comeBack(_ slot: UInt32) {
    messages[slot].generation &+= 1
    if let limit = queues[messages[slot].queue].policy.deliveryLimit,
      Int(messages[slot].attempts) >= limit
    {
      lose(slot, .limit)
    } else if messages[slot].expiry <= now {
      lose(slot, .expired)
    } else {
      insertReturned(slot)
      timers.start(slot, &messages)
    }
  }
}
