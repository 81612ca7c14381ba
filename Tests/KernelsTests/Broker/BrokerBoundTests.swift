import Kernels
import Testing

@Suite("Broker bounds and back-pressure") struct BrokerBoundTests {
  private func blocking(_ capacity: Int) -> QueuePolicy {
    QueuePolicy(capacity: capacity, overflow: .block)
  }

  @Test func `a full queue blocks its publisher until there is room`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(blocking(2))
    #expect(test.send(1...4, to: queue) == [.accepted, .accepted, .blocked, .busy])
    let isBlocked = test.broker.isBlocked(test.publisher)
    #expect(isBlocked)
    #expect(test.receipts().isEmpty)
    _ = try test.subscribe(queue, window: 1)
    let receipts = test.receipts()
    #expect(receipts.map(\.message) == [3])
    #expect(receipts.map(\.wasBlocked) == [true])
    #expect(receipts.map(\.isAccepted) == [true])
    #expect(test.send(4...5, to: queue) == [.blocked, .busy])
    test.acknowledge(1)
    #expect(test.delivered() == [1])
    #expect(test.broker.length(of: queue) == 2)
  }

  @Test func `blocked publishers are let in in the order in which they came`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(blocking(1))
    let others = (0..<3).map { _ in test.broker.addPublisher() }
    test.send(0...0, to: queue)
    for (number, publisher) in others.enumerated() {
      let outcome = test.broker.send(
        OutgoingMessage(UInt64(number) + 1), from: publisher, to: queue, at: 0)
      #expect(outcome == .blocked)
    }
    _ = try test.subscribe(queue)
    #expect(test.delivered() == [0, 1, 2, 3])
    #expect(test.receipts().map(\.publisher) == others)
  }

  @Test func `a message that expires while its publisher is blocked frees the publisher`() {
    var test = BrokerUnderTest()
    let queue = test.declare(blocking(1))
    test.send(1...1, to: queue)
    test.send(2...2, to: queue, expiry: 5)
    test.pass(6)
    #expect(test.losses().map(\.reason) == [.expired])
    let receipts = test.receipts()
    #expect(receipts.map(\.isAccepted) == [false])
    #expect(receipts.map(\.time) == [5])
    let isBlocked = test.broker.isBlocked(test.publisher)
    #expect(!isBlocked)
  }

  @Test func `a removed queue frees its publishers and records all that it held`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(blocking(2))
    _ = try test.subscribe(queue, window: 1)
    test.send(1...4, to: queue)
    test.broker.removeQueue(queue, at: 0)
    let losses = test.losses()
    #expect(losses.map(\.message) == [1, 2, 3, 4])
    #expect(losses.allSatisfy { $0.reason == .queueRemoved && $0.queue == queue })
    #expect(test.receipts().map(\.isAccepted) == [false])
    #expect(test.delivered() == [])
    #expect(test.send(5...5, to: queue) == [.refused])
    #expect(test.losses().map(\.reason) == [.noDestination])
  }

  @Test func `each rule of a full queue records what it drops`() {
    for (overflow, lost) in [(QueueOverflow.dropNew, [3, 4]), (.dropOld, [1, 2])] {
      var test = BrokerUnderTest()
      let queue = test.declare(QueuePolicy(capacity: 2, overflow: overflow))
      test.send(1...4, to: queue)
      #expect(test.losses().map(\.message) == lost.map(UInt64.init))
      #expect(test.broker.length(of: queue) == 2)
    }
  }

  @Test func `a dropped old message goes to the dead-letter queue`() throws {
    var test = BrokerUnderTest(.rabbitmq)
    let dead = test.declare()
    let queue = test.declare(QueuePolicy(capacity: 1, deadLetterQueue: dead))
    test.send(1...3, to: queue)
    _ = try test.subscribe(dead)
    #expect(test.delivered() == [1, 2])
    #expect(test.losses().map(\.deadLetterQueue) == [dead, dead])
  }

  @Test func `a full dead-letter queue loses dead letters for good`() throws {
    var test = BrokerUnderTest()
    let dead = test.declare(QueuePolicy(capacity: 1))
    let queue = test.declare(QueuePolicy(deadLetterQueue: dead))
    _ = try test.subscribe(queue)
    test.send(1...2, to: queue)
    _ = test.deliveries()
    test.refuse(1)
    test.refuse(2)
    #expect(test.losses().map(\.deadLetterQueue) == [dead, nil])
    #expect(test.broker.census.deadLettered[LossReason.rejected.code] == 1)
    #expect(test.broker.census.gone[LossReason.rejected.code] == 1)
  }

  @Test(arguments: [1, 2, 7])
  func `a message that was delivered too often is dead-lettered`(limit: Int) throws {
    var test = BrokerUnderTest()
    let dead = test.declare()
    let queue = test.declare(QueuePolicy(deliveryLimit: limit, deadLetterQueue: dead))
    let consumer = try test.subscribe(queue)
    test.send(1...1, to: queue)
    for _ in 0..<limit {
      #expect(test.delivered() == [1])
      test.kill(consumer)
      test.broker.restore(consumer, at: 0)
    }
    #expect(test.delivered() == [])
    let losses = test.losses()
    #expect(losses.map(\.reason) == [.limit])
    #expect(losses.map(\.deliveries) == [limit])
    #expect(test.broker.length(of: dead) == 1)
  }

  @Test func `a message that expired in a consumer's hands expires when it comes back`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(QueuePolicy(timeToLiveSeconds: 2))
    let consumer = try test.subscribe(queue)
    test.send(1...2, to: queue)
    _ = test.deliveries()
    test.pass(3)
    let isDone = test.acknowledge(1)
    #expect(isDone)
    test.kill(consumer)
    #expect(test.losses().map(\.reason) == [.expired])
  }

  @Test func `a commit that finds no room blocks the publisher`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(blocking(1))
    let transaction = test.broker.begin(for: test.publisher, at: 0)
    for number in 1...3 as ClosedRange<UInt64> {
      test.broker.send(
        OutgoingMessage(number), from: test.publisher, to: queue, in: transaction, at: 0)
    }
    let outcome = test.broker.commit(transaction, at: 0)
    #expect(outcome == .blocked)
    _ = try test.subscribe(queue)
    #expect(test.delivered() == [1, 2, 3])
    #expect(test.receipts().map(\.wasBlocked) == [true])
  }
}
