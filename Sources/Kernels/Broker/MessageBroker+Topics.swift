/// Topics: each subscription gets a copy, and is a queue of its own.
extension MessageBroker {
  /// A new topic without subscriptions.
  public mutating func declareTopic() -> Topic {
    let slot = topics.take()
    topics[slot].isLive = true
    return Topic(slot: slot, generation: topics[slot].generation)
  }

  /// Removes a topic with its subscriptions.
  @discardableResult
  public mutating func removeTopic(_ topic: Topic, at time: Double) -> Bool {
    advance(to: time)
    guard exists(topic) else { return false }
    while topics[topic.slot].firstSubscription != .none {
      removeQueue(queueID(topics[topic.slot].firstSubscription), at: time)
    }
    topics[topic.slot].isLive = false
    topics.giveBack(topic.slot)
    return true
  }

  /// A durable subscription: it gathers messages also while no consumer is there.
  ///
  /// Consumers subscribe to it as to a queue, and `removeQueue` ends it.
  ///
  /// - Returns: nil if there is no such topic.
  public mutating func addSubscription(
    to topic: Topic, _ policy: QueuePolicy = QueuePolicy(), selector: MessageSelector = .all
  ) -> Queue? {
    guard exists(topic) else { return nil }
    let queue = declareQueue(policy)
    queues[queue.slot].selector = selector
    joinTopic(queue.slot, topic.slot)
    return queue
  }

  /// Subscribes for as long as the consumer lives; nil if there is no such topic.
  public mutating func subscribe(
    to topic: Topic, _ consumer: ConsumerPolicy = ConsumerPolicy(),
    _ policy: QueuePolicy = QueuePolicy(), at time: Double
  ) -> Consumer? {
    advance(to: time)
    guard let queue = addSubscription(to: topic, policy, selector: consumer.selector) else {
      return nil
    }
    queues[queue.slot].isTransient = true
    var everyType = consumer
    everyType.selector = .all
    return subscribe(to: queue, everyType, at: time)
  }

  /// Hands a message over to all subscriptions that want it.
  ///
  /// `accepted` says that the topic has it, whatever its subscriptions make of it; nobody's being
  /// subscribed is a loss on record. In a transaction, subscribers are those at the time of sending.
  @discardableResult
  public mutating func publish(
    _ message: OutgoingMessage, from publisher: Publisher, to topic: Topic,
    in transaction: Transaction? = nil, at time: Double
  ) -> SendOutcome {
    advance(to: time)
    let sender = checked(publisher)
    if publishers[sender].blocked > 0 { return .busy }
    guard exists(topic) else {
      refuse(message, from: sender, .noDestination)
      return .refused
    }
    guard fanOut(message, from: sender, topics[topic.slot].firstSubscription, transaction) else {
      refuse(message, from: sender, .noSubscriber, isAccepted: true)
      return .accepted
    }
    if transaction != nil { return .staged }
    if publishers[sender].blocked > 0 { return .blocked }
    confirm(message.number, to: sender, isAccepted: true)
    return .accepted
  }

  /// Offers a copy to each subscription that wants one; false if none does.
  private mutating func fanOut(
    _ message: OutgoingMessage, from publisher: UInt32, _ first: UInt32,
    _ transaction: Transaction?
  ) -> Bool {
    var isWanted = false
    var queue = first
    while queue != .none {
      if queues[queue].selector.admits(message.type) {
        isWanted = true
        let slot = takeIn(message, from: publisher, to: queue)
        if let transaction { stage(slot, in: transaction) } else { _ = offer(slot) }
      }
      queue = queues[queue].nextOfTopic
    }
    return isWanted
  }

  private mutating func joinTopic(_ queue: UInt32, _ topic: UInt32) {
    let last = topics[topic].lastSubscription
    queues[queue].topic = topic
    queues[queue].previousOfTopic = last
    if last == .none {
      topics[topic].firstSubscription = queue
    } else {
      queues[last].nextOfTopic = queue
    }
    topics[topic].lastSubscription = queue
  }

  mutating func leaveTopic(_ queue: UInt32) {
    let topic = queues[queue].topic
    guard topic != .none else { return }
    let (before, after) = (queues[queue].previousOfTopic, queues[queue].nextOfTopic)
    if before == .none {
      topics[topic].firstSubscription = after
    } else {
      queues[before].nextOfTopic = after
    }
    if after == .none {
      topics[topic].lastSubscription = before
    } else {
      queues[after].previousOfTopic = before
    }
    queues[queue].topic = .none
  }
}
