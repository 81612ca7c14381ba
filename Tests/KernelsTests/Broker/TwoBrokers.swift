import Kernels

/// The broker and its slow judge, given the same calls; what they say must be the same.
struct TwoBrokers: ~Copyable {
  var fast: MessageBroker
  var plain: PlainBroker
  var now = 0.0

  /// Handles of the fast broker by the numbers of the plain one, and back.
  var queues: [Int: MessageBroker.Queue] = [:]
  var topics: [Int: MessageBroker.Topic] = [:]
  var consumers: [Int: MessageBroker.Consumer] = [:]
  var publishers: [Int: MessageBroker.Publisher] = [:]
  var transactions: [Int: MessageBroker.Transaction] = [:]
  private var numbers: [String: Int] = [:]

  /// Deliveries so far, as tags of the fast broker.
  var tags: [BrokerDelivery.Tag] = []
  /// The same, as numbers of the plain one.
  var deliveries: [Int] = []
  private(set) var lossCount = 0

  init(_ profile: BrokerProfile) {
    fast = MessageBroker(profile: profile)
    plain = PlainBroker(profile: profile)
  }

  mutating func pass(_ seconds: Double) {
    now += seconds
    fast.advance(to: now)
    plain.advance(to: now)
  }

  mutating func declareQueue(_ policy: QueuePolicy, deadLetters: Int?) {
    var policy = policy
    policy.deadLetterQueue = deadLetters.flatMap { queues[$0] }
    let number = plain.next()
    queues[number] = fast.declareQueue(policy)
    plain.queues[number] = .init(policy: policy, deadLetters: deadLetters)
    name(queues[number], number)
  }

  mutating func addSubscription(to topic: Int, _ policy: QueuePolicy, _ selector: MessageSelector) {
    guard let handle = topics[topic] else { return }
    let queue = fast.addSubscription(to: handle, policy, selector: selector)
    guard plain.topics[topic] != nil else { return precondition(queue == nil) }
    let number = plain.next()
    queues[number] = queue
    plain.queues[number] = .init(policy: policy, deadLetters: nil, topic: topic, selector: selector)
    plain.topics[topic]?.append(number)
    name(queues[number], number)
  }

  mutating func listen(to topic: Int, _ policy: ConsumerPolicy) {
    guard let handle = topics[topic] else { return }
    let consumer = fast.subscribe(to: handle, policy, QueuePolicy(capacity: 4), at: now)
    guard plain.topics[topic] != nil else { return precondition(consumer == nil) }
    let (queue, number) = (plain.next(), plain.next())
    plain.queues[queue] = .init(
      policy: QueuePolicy(capacity: 4), deadLetters: nil, topic: topic, selector: policy.selector,
      isTransient: true)
    plain.topics[topic]?.append(queue)
    var everyType = policy
    everyType.selector = .all
    plain.subscribe(number, to: queue, everyType)
    consumers[number] = consumer
    name(consumer, number)
    // Its queue has no handle: the first delivery or loss tells its name.
    if let consumer { queues[queue] = fast.queue(of: consumer) }
    name(queues[queue], queue)
  }

  mutating func subscribe(to queue: Int, _ policy: ConsumerPolicy) {
    guard let handle = queues[queue] else { return }
    let consumer = fast.subscribe(to: handle, policy, at: now)
    guard plain.queues[queue] != nil else { return precondition(consumer == nil) }
    let number = plain.next()
    plain.subscribe(number, to: queue, policy)
    consumers[number] = consumer
    name(consumer, number)
  }

  mutating func addPublisher(wantsReceipts: Bool) {
    let number = plain.next()
    publishers[number] = fast.addPublisher(wantsReceipts: wantsReceipts)
    plain.publishers[number] = .init(wantsReceipts: wantsReceipts)
    name(publishers[number], number)
  }

  /// Handles are told apart by what they print: kind, slot and generation.
  private mutating func name<Kind>(_ handle: BrokerID<Kind>?, _ number: Int) {
    guard let handle else { return }
    numbers["\(handle)"] = number
  }

  private func number<Kind>(_ handle: BrokerID<Kind>?) -> Int {
    handle.flatMap { numbers["\($0)"] } ?? -1
  }

  /// What the fast broker said since the last time.
  mutating func saidByFast() -> [String] {
    var said: [String] = []
    while let delivery = fast.nextDelivery() {
      tags.append(delivery.tag)
      said.append(
        "delivery of \(delivery.message) from queue \(number(delivery.queue)) to "
          + "\(number(delivery.consumer)), attempt \(delivery.attempt), at \(delivery.time)")
    }
    while let loss = fast.nextLoss() {
      lossCount += 1
      said.append(
        "loss of \(loss.message) by \(loss.reason) from \(number(loss.queue)) after "
          + "\(loss.deliveries) to \(number(loss.deadLetterQueue)) at \(loss.time)")
    }
    while let receipt = fast.nextReceipt() {
      said.append(
        "receipt for \(receipt.message) to \(number(receipt.publisher)): \(receipt.isAccepted) "
          + "\(receipt.wasBlocked) at \(receipt.time)")
    }
    return said
  }

  /// What the plain broker said since the last time: deliveries, losses, receipts.
  mutating func saidByPlain() -> [String] {
    defer { plain.said = [] }
    for message in plain.messages.filter({ $0.delivery > (deliveries.last ?? 0) })
      .sorted(by: { $0.delivery < $1.delivery })
    { deliveries.append(message.delivery) }
    return ["delivery", "loss", "receipt"].flatMap { kind in
      plain.said.filter { $0.hasPrefix(kind) }
    }
  }

  /// The difference between the two, in words; nil where there is none.
  mutating func difference() -> String? {
    let (fastSaid, plainSaid) = (saidByFast(), saidByPlain())
    if fastSaid != plainSaid { return "\(fastSaid) instead of \(plainSaid)" }
    if tags.count != deliveries.count { return "\(tags.count) deliveries, not \(deliveries.count)" }
    if let fault = fast.firstFault { return fault }
    let census = fast.census
    let counts = [
      census.waiting, census.inHand, census.blocked, census.staged, census.acknowledged,
    ]
    let expected = [
      plain.messages.count(where: \.isWaiting),
      plain.messages.count { if case .held = $0.place { true } else { false } },
      plain.messages.count { $0.place == .blocked },
      plain.messages.count { if case .staged = $0.place { true } else { false } },
      plain.acknowledgedCount,
    ]
    return counts == expected ? nil : "census \(counts) instead of \(expected)"
  }
}
