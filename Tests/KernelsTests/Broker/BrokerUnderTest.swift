import Kernels

/// The two brokers whose behaviour is known line by line.
enum RealBroker: String, CaseIterable, Sendable {
  case activemq, rabbitmq

  var profile: BrokerProfile { self == .activemq ? .activemq : .rabbitmq }
}

/// A broker with one publisher, in the words of the tests: messages are told by their numbers, and
/// consumers by the order in which they came.
struct BrokerUnderTest: ~Copyable {
  var broker: MessageBroker
  var publisher: MessageBroker.Publisher
  var now = 0.0
  /// Tags of deliveries by message, the latest only.
  var tags: [UInt64: BrokerDelivery.Tag] = [:]

  init(_ profile: BrokerProfile = .model, wantsReceipts: Bool = false) {
    broker = MessageBroker(profile: profile)
    publisher = broker.addPublisher(wantsReceipts: wantsReceipts)
  }

  mutating func declare(_ policy: QueuePolicy = QueuePolicy()) -> MessageBroker.Queue {
    broker.declareQueue(policy)
  }

  @discardableResult
  mutating func send(
    _ numbers: ClosedRange<UInt64>, to queue: MessageBroker.Queue, priority: UInt8 = 4,
    isPersistent: Bool = true, expiry: Double? = nil, type: UInt16 = 0
  ) -> [SendOutcome] {
    numbers.map { number in
      broker.send(
        OutgoingMessage(
          number, type: type, priority: priority, isPersistent: isPersistent, expiry: expiry),
        from: publisher, to: queue, at: now)
    }
  }

  mutating func publish(_ numbers: ClosedRange<UInt64>, to topic: MessageBroker.Topic)
    -> [SendOutcome]
  {
    numbers.map { broker.publish(OutgoingMessage($0), from: publisher, to: topic, at: now) }
  }

  mutating func subscribe(
    _ queue: MessageBroker.Queue, _ mode: AcknowledgementMode = .individual, window: Int = 1000,
    selector: MessageSelector = .all
  ) throws -> MessageBroker.Consumer {
    let consumer = broker.subscribe(
      to: queue, ConsumerPolicy(mode: mode, window: window, selector: selector), at: now)
    guard let consumer else { throw Missing() }
    return consumer
  }

  /// A subscription for as long as its consumer lives.
  mutating func listen(
    _ topic: MessageBroker.Topic, window: Int = 1000, selector: MessageSelector = .all
  ) throws -> MessageBroker.Consumer {
    let policy = ConsumerPolicy(window: window, selector: selector)
    guard let consumer = broker.subscribe(to: topic, policy, at: now) else { throw Missing() }
    return consumer
  }

  /// A durable subscription.
  mutating func subscription(
    _ topic: MessageBroker.Topic, _ policy: QueuePolicy = QueuePolicy(),
    selector: MessageSelector = .all
  ) throws -> MessageBroker.Queue {
    let queue = broker.addSubscription(to: topic, policy, selector: selector)
    guard let queue else { throw Missing() }
    return queue
  }

  struct Missing: Error {}

  /// All deliveries so far.
  mutating func deliveries() -> [BrokerDelivery] {
    var all: [BrokerDelivery] = []
    while let delivery = broker.nextDelivery() {
      all.append(delivery)
      tags[delivery.message] = delivery.tag
    }
    return all
  }

  /// The messages that were delivered to anybody.
  mutating func delivered() -> [UInt64] { deliveries().map(\.message) }

  /// What each of some consumers got.
  mutating func delivered(by consumers: [MessageBroker.Consumer]) -> [[UInt64]] {
    let all = deliveries()
    return consumers.map { consumer in
      all.filter { $0.consumer == consumer }.map(\.message)
    }
  }

  mutating func losses() -> [BrokerLoss] {
    var all: [BrokerLoss] = []
    while let loss = broker.nextLoss() { all.append(loss) }
    return all
  }

  mutating func receipts() -> [BrokerReceipt] {
    var all: [BrokerReceipt] = []
    while let receipt = broker.nextReceipt() { all.append(receipt) }
    return all
  }

  @discardableResult
  mutating func acknowledge(_ message: UInt64) -> Bool {
    guard let tag = tags[message] else { return false }
    return broker.acknowledge(tag, at: now)
  }

  @discardableResult
  mutating func refuse(_ message: UInt64, requeue: Bool = true) -> Bool {
    guard let tag = tags[message] else { return false }
    return broker.refuse(tag, requeue: requeue, at: now)
  }

  mutating func kill(_ consumer: MessageBroker.Consumer) { broker.lose(consumer, at: now) }

  mutating func pass(_ seconds: Double) {
    now += seconds
    broker.advance(to: now)
  }
}
