import Kernels

/// Publishers, a broker and consumers, event by event.
///
/// A publisher waits its time, sends, and, where the broker blocks it, begins its next wait when it
/// may go on. A consumer serves what it was given one by one; when it fails it forgets all of it.
/// An event costs O(log n) of the events pending and the messages in the broker.
struct MessagingSimulation: ~Copyable {
  private enum Kind: UInt64 {
    case send, finish, fail, repair, expire
  }

  private let parameters: Messaging.Parameters
  private let law: MessagingLaw
  private var broker: MessageBroker
  private var events = EventQueue()
  private let publishers: [MessageBroker.Publisher]
  private var consumers: [MessagingConsumer] = []
  /// A consumer's number by its index in the broker.
  private var numbers: [Int] = []
  private let queue: MessageBroker.Queue
  private let topic: MessageBroker.Topic

  /// When each message was handed over.
  private var sentTimes: [Double]
  /// Messages that each publisher has handed over.
  private var sentOf: [Int]
  private var blockedSince: [Double]
  private(set) var sentCount = 0
  private var expiryEvent = Double.infinity

  private var records = MessagingRecords()
  private var samples: LengthSamples
  private var sojourns = RunningMoments()
  private var quantiles = QuantileSketch()
  private var eventCount = 0
  private var waitingArea = 0.0
  private var waitingMax = 0
  private var blockedSeconds = 0.0
  private var now = 0.0

  init(_ parameters: Messaging.Parameters, _ law: MessagingLaw) {
    self.parameters = parameters
    self.law = law
    var broker = MessageBroker(profile: parameters.profile.rules)
    let policy = Self.policy(parameters, deadLetterQueue: broker.declareQueue())
    queue = broker.declareQueue(policy)
    topic = broker.declareTopic()
    publishers = (0..<parameters.publishers).map { _ in broker.addPublisher() }
    for number in 0..<parameters.consumers {
      guard let id = Self.addConsumer(number, parameters, policy, queue, topic, &broker) else {
        preconditionFailure("a queue that was just declared is missing")
      }
      consumers.append(MessagingConsumer(id: id))
      while numbers.count <= id.index { numbers.append(-1) }
      numbers[id.index] = number
    }
    self.broker = broker
    sentTimes = [Double](repeating: .nan, count: parameters.messages)
    sentOf = [Int](repeating: 0, count: parameters.publishers)
    blockedSince = [Double](repeating: .nan, count: parameters.publishers)
    let duration = Double(max(1, parameters.messages)) / parameters.rate
    samples = LengthSamples(spacing: min(duration, parameters.endTime) / 512)
    for publisher in 0..<parameters.publishers { scheduleSending(of: publisher) }
    for consumer in consumers.indices { scheduleFailure(of: consumer) }
  }

  private static func policy(
    _ parameters: Messaging.Parameters, deadLetterQueue: MessageBroker.Queue
  ) -> QueuePolicy {
    QueuePolicy(
      capacity: parameters.capacity == 0 ? .max : parameters.capacity,
      overflow: parameters.overflow.rule, priorityLevels: parameters.priorityLevels,
      timeToLiveSeconds: parameters.timeToLive == 0 ? .infinity : parameters.timeToLive,
      deliveryLimit: parameters.deliveryLimit == 0 ? nil : parameters.deliveryLimit,
      deadLetterQueue: deadLetterQueue)
  }

  private static func addConsumer(
    _ number: Int, _ parameters: Messaging.Parameters, _ policy: QueuePolicy,
    _ queue: MessageBroker.Queue, _ topic: MessageBroker.Topic, _ broker: inout MessageBroker
  ) -> MessageBroker.Consumer? {
    let isTopic = parameters.destination == .topic
    let source = isTopic ? broker.addSubscription(to: topic, policy) : queue
    let type = UInt16(number % parameters.types)
    let consumer = ConsumerPolicy(
      mode: parameters.acknowledgement.mode, window: parameters.window,
      selector: parameters.selective ? .type(type) : .all)
    return source.flatMap { broker.subscribe(to: $0, consumer, at: 0) }
  }

  /// Share of the messages that were handed over.
  var sentShare: Double { Double(sentCount) / Double(max(1, parameters.messages)) }

  /// Handles some events; false when there is nothing more to happen.
  mutating func step(events count: Int) -> Bool {
    for _ in 0..<count {
      guard !isOver, let event = events.pop(), event.time <= parameters.endTime else {
        pump()
        return false
      }
      pass(to: event.time)
      eventCount += 1
      handle(Kind(rawValue: event.payload & 7), Int(event.payload >> 3 & 0xF_FFFF), event.payload)
      pump()
      scheduleExpiry()
    }
    return true
  }

  /// Whether all messages were sent and none is left but dead letters, which nobody takes.
  private var isOver: Bool {
    let census = broker.census
    guard sentCount == parameters.messages, census.inHand == 0, census.blocked == 0 else {
      return false
    }
    return census.waiting == deadLetterCount
  }

  /// Dead letters wait in the queue that was declared first, and never leave it.
  private var deadLetterCount: Int { broker.census.deadLettered.reduce(0, +) }

  private mutating func pass(to time: Double) {
    let census = broker.census
    let waiting = census.waiting - deadLetterCount
    samples.advance(
      to: time, waiting: waiting, inHand: census.inHand, blocked: census.blocked)
    waitingArea += Double(waiting) * (time - now)
    now = time
  }

  private mutating func handle(_ kind: Kind?, _ index: Int, _ payload: UInt64) {
    switch kind {
    case .send: send(index)
    case .finish:
      if consumers[index].failures & 0xFF_FFFF_FFFF == Int(payload >> 23) { finish(index) }
    case .fail: fail(index)
    case .repair:
      broker.restore(consumers[index].id, at: now)
      scheduleFailure(of: index)
    case .expire:
      expiryEvent = .infinity
      broker.advance(to: now)
    case nil: preconditionFailure("an event of no kind")
    }
  }

  private mutating func push(_ kind: Kind, _ index: Int, after seconds: Double, epoch: Int = 0) {
    let payload = kind.rawValue | UInt64(index) << 3 | UInt64(epoch) << 23
    events.push(time: now + seconds, payload: payload)
  }

  // MARK: Publishers

  /// Message number k of publisher p is k publishers + p.
  private func nextMessage(of publisher: Int) -> Int {
    sentOf[publisher] * parameters.publishers + publisher
  }

  private mutating func scheduleSending(of publisher: Int) {
    let message = nextMessage(of: publisher)
    guard message < parameters.messages else { return }
    push(.send, publisher, after: law.gapSeconds(message))
  }

  private mutating func send(_ publisher: Int) {
    let number = nextMessage(of: publisher)
    let message = law.message(number)
    sentTimes[number] = now
    sentOf[publisher] += 1
    sentCount += 1
    let sender = publishers[publisher]
    let outcome =
      parameters.destination == .topic
      ? broker.publish(message, from: sender, to: topic, at: now)
      : broker.send(message, from: sender, to: queue, at: now)
    if outcome == .blocked {
      blockedSince[publisher] = now
    } else {
      scheduleSending(of: publisher)
    }
  }

  private mutating func goOn(_ receipt: BrokerReceipt) {
    let publisher = receipt.publisher.index
    blockedSeconds += receipt.time - blockedSince[publisher]
    blockedSince[publisher] = .nan
    scheduleSending(of: publisher)
  }

  // MARK: Consumers

  private mutating func scheduleFailure(of consumer: Int) {
    let seconds = law.upSeconds(consumer, failure: consumers[consumer].failures)
    if seconds < .infinity { push(.fail, consumer, after: seconds) }
  }

  private mutating func fail(_ consumer: Int) {
    let seconds = law.downSeconds(consumer, failure: consumers[consumer].failures)
    consumers[consumer].fail()
    broker.lose(consumers[consumer].id, at: now)
    push(.repair, consumer, after: seconds)
  }

  private mutating func take(_ delivery: BrokerDelivery) {
    let consumer = numbers[delivery.consumer.index]
    records.deliveries.append(delivery)
    records.deliveryConsumers.append(Int32(consumer))
    consumers[consumer].take(delivery)
    startService(consumer)
  }

  /// With automatic acknowledgement a message is done when the consumer has read it.
  private mutating func startService(_ consumer: Int) {
    guard !consumers[consumer].isServing, let delivery = consumers[consumer].current else { return }
    consumers[consumer].isServing = true
    let service = law.service(
      delivery.message, attempt: delivery.attempt, consumer: consumer)
    push(.finish, consumer, after: service.seconds, epoch: consumers[consumer].failures)
    if parameters.acknowledgement == .auto { broker.acknowledge(delivery.tag, at: now) }
  }

  private mutating func finish(_ consumer: Int) {
    guard let delivery = consumers[consumer].current else { return }
    consumers[consumer].finishCurrent()
    let service = law.service(delivery.message, attempt: delivery.attempt, consumer: consumer)
    if parameters.acknowledgement == .auto {
      finished(delivery)
    } else if service.isRefused {
      broker.refuse(delivery.tag, at: now)
    } else if broker.acknowledge(delivery.tag, at: now) {
      finished(delivery)
    }
    startService(consumer)
  }

  private mutating func finished(_ delivery: BrokerDelivery) {
    let sojourn = now - sentTimes[Int(delivery.message)]
    sojourns.add(sojourn)
    quantiles.add(sojourn)
    records.finishedMessages.append(Int64(delivery.message))
    records.finishedTimes.append(now)
    records.sojourns.append(sojourn)
  }

  // MARK: What the broker says

  private mutating func pump() {
    while let delivery = broker.nextDelivery() { take(delivery) }
    while let loss = broker.nextLoss() { records.losses.append(loss) }
    while let receipt = broker.nextReceipt() { goOn(receipt) }
    waitingMax = max(waitingMax, broker.census.waiting - deadLetterCount)
  }

  /// One event at a time stands for the timers of the broker.
  private mutating func scheduleExpiry() {
    guard let expiry = broker.nextExpiry, expiry < expiryEvent else { return }
    expiryEvent = expiry
    push(.expire, 0, after: max(0, expiry - now))
  }

  /// What happened since the last call.
  mutating func takeRecords() -> MessagingRecords {
    defer { records = MessagingRecords() }
    return records
  }

  func summary() -> MessagingSummary {
    MessagingSummary(
      census: broker.census, horizon: now, events: eventCount, sojourns: sojourns,
      sojournQuantiles: quantiles, waitingMean: now > 0 ? waitingArea / now : 0,
      waitingMax: waitingMax, blockedSeconds: blockedSeconds,
      failures: consumers.reduce(0) { $0 + $1.failures }, samples: samples)
  }
}
