import Kernels
import TestSupport

/// Random calls, the same for both brokers; equal seeds give equal scripts.
struct BrokerScript: ~Copyable {
  var both: TwoBrokers
  private var draw: SplitMix64
  private var message: UInt64 = 0
  /// What was called last, for the words of a failure.
  private(set) var last = ""

  init(_ profile: BrokerProfile, seed: UInt64) {
    both = TwoBrokers(profile)
    draw = SplitMix64(seed: seed)
    both.pass(0)
    both.addPublisher(wantsReceipts: true)
    both.addPublisher(wantsReceipts: false)
    both.declareQueue(QueuePolicy(), deadLetters: nil)
  }

  private mutating func below(_ bound: Int) -> Int { Int(draw.next() % UInt64(bound)) }

  private mutating func chance(_ share: Int) -> Bool { below(100) < share }

  private mutating func pick<Handle>(_ table: [Int: Handle]) -> Int? {
    let keys = table.keys.sorted()
    return keys.isEmpty ? nil : keys[below(keys.count)]
  }

  /// One random call.
  mutating func step() {
    switch below(100) {
    case 0..<35: send()
    case 35..<42: publish()
    case 42..<67: acknowledge()
    case 67..<72: refuse()
    case 72..<79: changeConsumers()
    case 79..<85: subscribe()
    case 85..<89: declare()
    case 89..<90: remove()
    case 90..<95: transact()
    default:
      last = "pass"
      both.pass(Double(below(8)) / 2)
    }
  }

  /// A queue, mostly one that still exists.
  private mutating func anyQueue() -> Int? {
    let living = both.queues.filter { both.plain.queues[$0.key] != nil }
    return pick(living.isEmpty || chance(10) ? both.queues : living)
  }

  private mutating func outgoing() -> OutgoingMessage {
    message += 1
    let expiry = Double(below(12)) / 2
    return OutgoingMessage(
      message, type: UInt16(below(3)), priority: UInt8(below(10)), isPersistent: chance(50),
      expiry: chance(70)
        ? nil : both.plain.profile.expiry == .absolute ? both.now + expiry : expiry)
  }

  private mutating func sender() -> (publisher: Int, transaction: Int?)? {
    let living = both.publishers.filter { both.plain.publishers[$0.key]?.isGone == false }
    let free = living.filter { !both.plain.isBlocked($0.key) }
    guard let publisher = pick(free.isEmpty || chance(10) ? living : free) else { return nil }
    let open = both.transactions.filter {
      both.plain.transactions[$0.key]?.publisher == publisher
    }
    return (publisher, chance(30) ? pick(open) : nil)
  }

  private mutating func send() {
    guard let (publisher, transaction) = sender(), let queue = anyQueue(),
      let from = both.publishers[publisher], let to = both.queues[queue]
    else { return }
    let message = outgoing()
    last = "send \(message) to \(queue) in \(transaction ?? -1)"
    let plain = both.plain.send(message, from: publisher, to: queue, in: transaction)
    let fast = both.fast.send(
      message, from: from, to: to, in: transaction.flatMap { both.transactions[$0] }, at: both.now)
    precondition(fast == plain, "\(last): \(fast) instead of \(plain)")
  }

  private mutating func publish() {
    guard let (publisher, transaction) = sender(), let topic = pick(both.topics),
      let from = both.publishers[publisher], let to = both.topics[topic]
    else { return }
    let message = outgoing()
    last = "publish \(message) to \(topic) in \(transaction ?? -1)"
    let plain = both.plain.publish(message, from: publisher, to: topic, in: transaction)
    let fast = both.fast.publish(
      message, from: from, to: to, in: transaction.flatMap { both.transactions[$0] }, at: both.now)
    precondition(fast == plain, "\(last): \(fast) instead of \(plain)")
  }

  private mutating func acknowledge() {
    guard !both.tags.isEmpty else { return }
    // Mostly one of the latest deliveries, which may be stale.
    let place = both.tags.count - 1 - below(min(both.tags.count, chance(90) ? 12 : 1000))
    let transaction = chance(15) ? pick(both.transactions) : nil
    last = "acknowledge \(place) in \(transaction ?? -1)"
    let plain = both.plain.acknowledge(both.deliveries[place], in: transaction)
    let fast = both.fast.acknowledge(
      both.tags[place], in: transaction.flatMap { both.transactions[$0] }, at: both.now)
    precondition(fast == plain, "\(last): \(fast) instead of \(plain)")
  }

  private mutating func refuse() {
    guard !both.tags.isEmpty else { return }
    let place = both.tags.count - 1 - below(min(both.tags.count, 12))
    let requeue = chance(70)
    last = "refuse \(place)"
    let plain = both.plain.refuse(both.deliveries[place], requeue: requeue)
    let fast = both.fast.refuse(both.tags[place], requeue: requeue, at: both.now)
    precondition(fast == plain, "\(last): \(fast) instead of \(plain)")
  }

  private mutating func changeConsumers() {
    guard let number = pick(both.consumers), let consumer = both.consumers[number] else { return }
    switch below(5) {
    case 0, 1:
      last = "lose \(number)"
      both.plain.lose(consumer: number)
      both.fast.lose(consumer, at: both.now)
    case 2, 3:
      last = "restore \(number)"
      both.plain.restore(number)
      both.fast.restore(consumer, at: both.now)
    default:
      last = "unsubscribe \(number)"
      both.plain.unsubscribe(number)
      both.fast.unsubscribe(consumer, at: both.now)
      both.consumers[number] = nil
    }
  }

  private mutating func consumerPolicy() -> ConsumerPolicy {
    let modes: [AcknowledgementMode] = [.auto, .client, .individual, .individual]
    return ConsumerPolicy(
      mode: modes[below(4)], window: 1 + below(4),
      selector: chance(60) ? .all : .type(UInt16(below(3))))
  }

  private mutating func subscribe() {
    last = "subscribe"
    let policy = consumerPolicy()
    if chance(25), let topic = pick(both.topics) {
      both.listen(to: topic, policy)
    } else if let queue = anyQueue() {
      both.subscribe(to: queue, policy)
    }
  }

  private mutating func declare() {
    last = "declare"
    let overflows: [QueueOverflow?] = [nil, .block, .dropNew, .dropOld]
    let policy = QueuePolicy(
      capacity: chance(30) ? .max : 1 + below(6), overflow: overflows[below(4)],
      priorityLevels: chance(50) ? 1 : 1 + below(10),
      timeToLiveSeconds: chance(70) ? .infinity : 0.5 + Double(below(4)),
      deliveryLimit: chance(60) ? nil : 1 + below(3))
    switch below(5) {
    case 0:
      let topic = both.plain.next()
      both.topics[topic] = both.fast.declareTopic()
      both.plain.topics[topic] = []
    case 1:
      if let topic = pick(both.topics) {
        both.addSubscription(to: topic, policy, chance(50) ? .all : .type(UInt16(below(3))))
      }
    case 2 where both.publishers.count < 12: both.addPublisher(wantsReceipts: chance(50))
    default: both.declareQueue(policy, deadLetters: chance(60) ? pick(both.plain.queues) : nil)
    }
  }

  /// Removed queues and topics stay in the tables, so that they are used after their end.
  private mutating func remove() {
    if chance(30), let topic = pick(both.topics), let handle = both.topics[topic] {
      last = "remove topic \(topic)"
      both.fast.removeTopic(handle, at: both.now)
      for queue in both.plain.topics[topic] ?? [] { both.plain.removeQueue(queue) }
      both.plain.topics[topic] = nil
    } else if let queue = pick(both.queues), let handle = both.queues[queue] {
      last = "remove queue \(queue)"
      both.fast.removeQueue(handle, at: both.now)
      if both.plain.queues[queue] != nil { both.plain.removeQueue(queue) }
    }
  }

  private mutating func transact() {
    if chance(40), let (publisher, _) = sender(), let handle = both.publishers[publisher] {
      last = "begin"
      let number = both.plain.next()
      both.transactions[number] = both.fast.begin(for: handle, at: both.now)
      both.plain.transactions[number] = .init(publisher: publisher)
    } else if let number = pick(both.transactions), let handle = both.transactions[number] {
      if chance(70) {
        last = "commit \(number)"
        let plain = both.plain.commit(number)
        let fast = both.fast.commit(handle, at: both.now)
        precondition(fast == plain, "\(last): \(fast) instead of \(plain)")
        if plain != .busy { both.transactions[number] = nil }
      } else {
        last = "abort \(number)"
        both.plain.abort(number)
        both.fast.abort(handle, at: both.now)
        both.transactions[number] = nil
      }
    }
  }
}
