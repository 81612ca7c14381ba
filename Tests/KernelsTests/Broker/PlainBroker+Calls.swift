import Kernels

/// The calls of the broker, with numbers instead of handles.
extension PlainBroker {
  mutating func advance(to time: Double) {
    while true {
      let due = messages.filter {
        ($0.isWaiting || $0.place == .blocked) && $0.expiry <= time
      }
      let first = due.min { ($0.expiry, $0.sequence) < ($1.expiry, $1.sequence) }
      guard let first else { break }
      now = max(now, first.expiry)
      messages[position(first.copy)].place = .nowhere
      lose(first.copy, .expired)
      if first.place == .blocked {
        release(first.publisher, isLost: true)
      } else {
        settle(first.queue)
      }
    }
    now = time
  }

  mutating func removeQueue(_ queue: Int) {
    for topic in topics.keys { topics[topic]?.removeAll { $0 == queue } }
    // The consumer that came last goes first.
    for consumer in consumers.keys.sorted().reversed() where consumers[consumer]?.queue == queue {
      for message in held(by: consumer) { discard(message.copy, .queueRemoved) }
      consumers[consumer]?.queue = nil
      consumers[consumer]?.turn = nil
    }
    for message in waiting(in: queue) { discard(message.copy, .queueRemoved) }
    for message in blocked(in: queue) {
      discard(message.copy, .queueRemoved)
      release(message.publisher, isLost: true)
    }
    queues[queue] = nil
  }

  mutating func subscribe(_ consumer: Int, to queue: Int, _ policy: ConsumerPolicy) {
    let window = policy.mode == .auto ? Int(profile.autoInTransitMax) : policy.window
    consumers[consumer] = Consumer(queue: queue, policy: policy, window: window)
    refresh(consumer)
    settle(queue)
  }

  mutating func lose(consumer: Int) {
    guard let state = consumers[consumer], !state.isAway else { return }
    consumers[consumer]?.isAway = true
    for message in held(by: consumer) {
      if state.policy.mode == .auto {
        discard(message.copy, .consumerLost)
      } else {
        comeBack(message.copy)
      }
    }
    refresh(consumer)
    guard let queue = state.queue else { return }
    if queues[queue]?.isTransient == true { return removeQueue(queue) }
    settle(queue)
  }

  mutating func restore(_ consumer: Int) {
    guard let state = consumers[consumer], state.isAway, let queue = state.queue else { return }
    consumers[consumer]?.isAway = false
    refresh(consumer)
    settle(queue)
  }

  mutating func unsubscribe(_ consumer: Int) {
    lose(consumer: consumer)
    consumers[consumer] = nil
  }

  private mutating func takeIn(_ message: OutgoingMessage, _ publisher: Int, _ queue: Int) -> Int {
    let copy = next()
    let expiry = message.expiry.map { profile.expiry == .absolute ? $0 : now + $0 } ?? .infinity
    messages.append(
      Message(copy: copy, sent: message, expiry: expiry, queue: queue, publisher: publisher))
    return copy
  }

  private mutating func refuse(
    _ message: OutgoingMessage, _ publisher: Int, _ reason: LossReason, isAccepted: Bool
  ) {
    said.append("loss of \(message.number) by \(reason) from -1 after 0 to -1 at \(now)")
    receipt(message.number, publisher, isAccepted: isAccepted)
  }

  mutating func send(
    _ message: OutgoingMessage, from publisher: Int, to queue: Int, in transaction: Int?
  ) -> SendOutcome {
    if isBlocked(publisher) { return .busy }
    guard queues[queue] != nil else {
      refuse(message, publisher, .noDestination, isAccepted: false)
      return .refused
    }
    let copy = takeIn(message, publisher, queue)
    if let transaction {
      messages[position(copy)].place = .staged(transaction)
      return .staged
    }
    let outcome = offer(copy)
    if outcome != .blocked {
      receipt(message.number, publisher, isAccepted: outcome == .accepted)
    }
    return outcome
  }

  mutating func publish(
    _ message: OutgoingMessage, from publisher: Int, to topic: Int, in transaction: Int?
  ) -> SendOutcome {
    if isBlocked(publisher) { return .busy }
    guard let subscriptions = topics[topic] else {
      refuse(message, publisher, .noDestination, isAccepted: false)
      return .refused
    }
    let wanting = subscriptions.filter { queues[$0]?.selector.admits(message.type) == true }
    guard !wanting.isEmpty else {
      refuse(message, publisher, .noSubscriber, isAccepted: true)
      return .accepted
    }
    for queue in wanting {
      let copy = takeIn(message, publisher, queue)
      if let transaction {
        messages[position(copy)].place = .staged(transaction)
      } else {
        _ = offer(copy)
      }
    }
    if transaction != nil { return .staged }
    if isBlocked(publisher) { return .blocked }
    receipt(message.number, publisher, isAccepted: true)
    return .accepted
  }

  /// The message of a delivery, if it is still in hand.
  private func inHand(_ delivery: Int) -> (Message, consumer: Int)? {
    let message = messages.first { $0.delivery == delivery }
    guard let message, case .held(let consumer) = message.place else { return nil }
    return (message, consumer)
  }

  /// What an acknowledgement of a delivery means.
  private func meant(by delivery: Int) -> (copies: [Int], consumer: Int, queue: Int)? {
    guard let (message, consumer) = inHand(delivery) else { return nil }
    let isCumulative = consumers[consumer]?.policy.mode == .client
    let all = held(by: consumer).filter { isCumulative && $0.delivery < delivery }
    return (all.map(\.copy) + [message.copy], consumer, message.queue)
  }

  mutating func acknowledge(_ delivery: Int, in transaction: Int?) -> Bool {
    guard let (copies, consumer, queue) = meant(by: delivery) else { return false }
    if let transaction {
      transactions[transaction]?.acknowledged.append(delivery)
      return true
    }
    messages.removeAll { copies.contains($0.copy) }
    acknowledgedCount += copies.count
    refresh(consumer)
    settle(queue)
    return true
  }

  mutating func refuse(_ delivery: Int, requeue: Bool) -> Bool {
    guard let (copies, consumer, queue) = meant(by: delivery),
      consumers[consumer]?.policy.mode != .auto
    else { return false }
    for copy in copies {
      messages[position(copy)].place = .nowhere
      if profile.nack == .rejects || !requeue { lose(copy, .rejected) } else { comeBack(copy) }
    }
    refresh(consumer)
    settle(queue)
    return true
  }

  mutating func commit(_ transaction: Int) -> CommitOutcome {
    guard let state = transactions[transaction] else { return .aborted }
    if isBlocked(state.publisher) { return .busy }
    guard state.acknowledged.allSatisfy({ inHand($0) != nil }) else {
      abort(transaction)
      return .aborted
    }
    transactions[transaction] = nil
    for delivery in state.acknowledged { _ = acknowledge(delivery, in: nil) }
    let staged = messages.filter { $0.place == .staged(transaction) }
    var isAccepted = true
    for message in staged {
      messages[position(message.copy)].place = .nowhere
      if queues[message.queue] == nil {
        messages[position(message.copy)].queue = -1
        discard(message.copy, .noDestination)
        isAccepted = false
      } else if offer(message.copy) == .refused {
        isAccepted = false
      }
    }
    if isBlocked(state.publisher) { return .blocked }
    if let last = staged.last {
      receipt(last.sent.number, state.publisher, isAccepted: isAccepted)
    }
    return .committed
  }

  mutating func abort(_ transaction: Int) {
    messages.removeAll { $0.place == .staged(transaction) }
    transactions[transaction] = nil
  }
}
