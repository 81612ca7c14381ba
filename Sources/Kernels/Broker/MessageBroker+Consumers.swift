/// Consumers: subscription, failure, return.
extension MessageBroker {
  /// Subscribes to a queue, or to a durable subscription of a topic.
  ///
  /// - Returns: nil if there is none.
  public mutating func subscribe(
    to queue: Queue, _ policy: ConsumerPolicy = ConsumerPolicy(), at time: Double
  ) -> Consumer? {
    advance(to: time)
    guard exists(queue) else { return nil }
    precondition(policy.window > 0, "a window holds at least one message")
    let consumer = consumers.take()
    consumers[consumer].policy = policy
    let window = policy.mode == .auto ? Int(profile.autoInTransitMax) : policy.window
    consumers[consumer].window = UInt32(clamping: window)
    joinQueue(consumer, queue.slot)
    if case .type(let type) = policy.selector {
      makeSelective(queue.slot)
      consumers[consumer].lane = lane(of: queue.slot, type: type)
    }
    joinReady(consumer)
    settle(queue.slot)
    return Consumer(slot: consumer, generation: consumers[consumer].generation)
  }

  /// The consumer dies or leaves: what it has in hand comes back marked as redelivered, or is lost
  /// if acknowledgement was automatic.
  ///
  /// A subscription that is not durable ends with it.
  ///
  /// - Returns: false if it does not exist or is away already.
  @discardableResult
  public mutating func lose(_ consumer: Consumer, at time: Double) -> Bool {
    advance(to: time)
    guard exists(consumer), !consumers[consumer.slot].isAway else { return false }
    let slot = consumer.slot
    let queue = consumers[slot].queue
    if queue != .none { leaveReady(slot) }
    consumers[slot].isAway = true
    let isLost = consumers[slot].policy.mode == .auto
    while let message = popHeld(of: slot) {
      if isLost { discard(message, .consumerLost) } else { comeBack(message) }
    }
    guard queue != .none else { return true }
    if queues[queue].isTransient { return removeQueue(queueID(queue), at: time) }
    settle(queue)
    return true
  }

  /// The consumer is back, with nothing in hand.
  ///
  /// - Returns: false if it was not away, or if its queue is gone.
  @discardableResult
  public mutating func restore(_ consumer: Consumer, at time: Double) -> Bool {
    advance(to: time)
    guard exists(consumer), consumers[consumer.slot].isAway else { return false }
    guard consumers[consumer.slot].queue != .none else { return false }
    consumers[consumer.slot].isAway = false
    joinReady(consumer.slot)
    settle(consumers[consumer.slot].queue)
    return true
  }

  /// Ends a subscription; the same as its loss, but for good.
  @discardableResult
  public mutating func unsubscribe(_ consumer: Consumer, at time: Double) -> Bool {
    lose(consumer, at: time)
    guard exists(consumer) else { return false }
    if consumers[consumer.slot].queue != .none { leaveQueue(consumer.slot) }
    consumers.giveBack(consumer.slot)
    return true
  }

  /// The queue or subscription of a consumer; nil if it has none any more.
  public func queue(of consumer: Consumer) -> Queue? {
    guard exists(consumer), consumers[consumer.slot].queue != .none else { return nil }
    return queueID(consumers[consumer.slot].queue)
  }

  private mutating func joinQueue(_ consumer: UInt32, _ queue: UInt32) {
    let first = queues[queue].firstConsumer
    consumers[consumer].queue = queue
    consumers[consumer].nextOfQueue = first
    if first != .none { consumers[first].previousOfQueue = consumer }
    queues[queue].firstConsumer = consumer
  }

  mutating func leaveQueue(_ consumer: UInt32) {
    let queue = consumers[consumer].queue
    let (before, after) = (consumers[consumer].previousOfQueue, consumers[consumer].nextOfQueue)
    if before == .none {
      queues[queue].firstConsumer = after
    } else {
      consumers[before].nextOfQueue = after
    }
    if after != .none { consumers[after].previousOfQueue = before }
    consumers[consumer].queue = .none
    consumers[consumer].lane = .none
  }
}
