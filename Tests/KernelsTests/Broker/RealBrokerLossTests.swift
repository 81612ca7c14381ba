import Kernels
import Testing

/// The rows of the table of two real brokers about refusal, expiry, priority, bounds and
/// transactions; each test bears the name of its row.
@Suite("Real brokers: loss, order, transactions") struct RealBrokerLossTests {
  @Test(arguments: RealBroker.allCases)
  func `NACK`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let dead = test.declare()
    let queue = test.declare(QueuePolicy(deadLetterQueue: dead))
    _ = try test.subscribe(queue, window: 1)
    test.send(1...1, to: queue)
    test.send(2...2, to: queue, isPersistent: false)
    #expect(test.delivered() == [1])
    if real == .activemq {
      test.refuse(1)
      #expect(test.delivered() == [2])
      test.refuse(2)
      let losses = test.losses()
      #expect(losses.map(\.reason) == [.rejected, .rejected])
      #expect(losses.map(\.deadLetterQueue) == [dead, nil])
      #expect(test.broker.length(of: dead) == 1)
    } else {
      // At once to the same consumer again, for ever.
      for _ in 0..<300 {
        test.refuse(1)
        #expect(test.delivered() == [1])
      }
      #expect(test.losses().isEmpty)
    }
  }

  @Test(arguments: RealBroker.allCases)
  func `NACK requeue:false`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let dead = test.declare()
    let declared = test.declare(QueuePolicy(deadLetterQueue: dead))
    let plain = test.declare()
    for queue in [declared, plain] {
      _ = try test.subscribe(queue)
      test.send(1...1, to: queue, isPersistent: false)
      _ = test.deliveries()
      test.refuse(1, requeue: false)
    }
    let losses = test.losses()
    #expect(losses.map(\.reason) == [.rejected, .rejected])
    // ActiveMQ ignores the header and rejects as ever: what is not persistent is dropped.
    #expect(losses.map(\.deadLetterQueue) == [real == .activemq ? nil : dead, nil])
    #expect(test.delivered() == [])
  }

  @Test(arguments: RealBroker.allCases)
  func `expiry`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let dead = test.declare()
    let queue = test.declare(QueuePolicy(deadLetterQueue: dead))
    test.pass(100)
    // A moment for ActiveMQ, a time to live for RabbitMQ: both mean 102.
    let expiry = real == .activemq ? 102.0 : 2.0
    test.send(1...1, to: queue, expiry: expiry)
    test.send(2...2, to: queue, isPersistent: false, expiry: expiry)
    test.send(3...3, to: queue)
    #expect(test.broker.nextExpiry == 102)
    test.pass(1.9)
    #expect(test.losses().isEmpty)
    test.pass(0.2)
    let losses = test.losses()
    #expect(losses.map(\.reason) == [.expired, .expired])
    #expect(losses.map(\.time) == [102, 102])
    #expect(losses.map(\.deadLetterQueue) == [dead, real == .activemq ? nil : dead])
    _ = try test.subscribe(queue)
    #expect(test.delivered() == [3])
    _ = try test.subscribe(dead)
    #expect(test.delivered() == (real == .activemq ? [1] : [1, 2]))
  }

  @Test(arguments: RealBroker.allCases)
  func `priority`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let ignored = test.declare()
    let declared = test.declare(QueuePolicy(priorityLevels: 10))
    for (queue, order) in [(ignored, [1, 2]), (declared, [2, 1])] as [(_, [UInt64])] {
      test.send(1...1, to: queue, priority: 0)
      test.send(2...2, to: queue, priority: 9)
      _ = try test.subscribe(queue)
      #expect(test.delivered() == order)
    }
  }

  @Test(arguments: RealBroker.allCases)
  func `priority order of 1,9,4,9,0`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare(QueuePolicy(priorityLevels: 10))
    for (number, priority) in [1, 9, 4, 9, 0].enumerated() {
      test.send(UInt64(number)...UInt64(number), to: queue, priority: UInt8(priority))
    }
    _ = try test.subscribe(queue)
    let deliveries = test.deliveries()
    #expect(deliveries.map(\.priority) == [9, 9, 4, 1, 0])
    #expect(deliveries.map(\.message) == [1, 3, 2, 0, 4])
  }

  @Test(arguments: RealBroker.allCases)
  func `priority, a message in hand, prefetch 1`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare(QueuePolicy(priorityLevels: 10))
    _ = try test.subscribe(queue, window: 1)
    test.send(1...2, to: queue, priority: 1)
    test.send(3...3, to: queue, priority: 9)
    #expect(test.delivered() == [1])
    test.acknowledge(1)
    #expect(test.delivered() == [3])
    test.acknowledge(3)
    #expect(test.delivered() == [2])
  }

  @Test(arguments: RealBroker.allCases)
  func `priority, prefetch 1000 and idle consumer`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare(QueuePolicy(priorityLevels: 10))
    _ = try test.subscribe(queue, window: 1000)
    test.send(1...2, to: queue, priority: 1)
    test.send(3...3, to: queue, priority: 9)
    #expect(test.delivered() == [1, 2, 3])
  }

  /// What ActiveMQ does was not tried; its profile refuses, as its manual says.
  @Test(arguments: RealBroker.allCases)
  func `length bound`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare(QueuePolicy(capacity: 3))
    let outcomes = test.send(1...5, to: queue)
    let losses = test.losses()
    #expect(losses.map(\.reason) == [.bound, .bound])
    _ = try test.subscribe(queue)
    if real == .rabbitmq {
      #expect(outcomes.allSatisfy { $0 == .accepted })
      #expect(losses.map(\.message) == [1, 2])
      #expect(test.delivered() == [3, 4, 5])
    } else {
      #expect(outcomes == [.accepted, .accepted, .accepted, .refused, .refused])
      #expect(losses.map(\.message) == [4, 5])
      #expect(test.delivered() == [1, 2, 3])
    }
  }

  @Test(arguments: RealBroker.allCases, [false, true])
  func `transaction with SEND, aborted or cut off`(real: RealBroker, isCutOff: Bool) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    _ = try test.subscribe(queue)
    let transaction = test.broker.begin(for: test.publisher, at: 0)
    let outcome = test.broker.send(
      OutgoingMessage(1), from: test.publisher, to: queue, in: transaction, at: 0)
    #expect(outcome == .staged)
    if isCutOff {
      test.broker.removePublisher(test.publisher, at: 0)
    } else {
      test.broker.abort(transaction, at: 0)
    }
    #expect(test.delivered() == [])
    #expect(test.losses().isEmpty)
    #expect(test.broker.census == BrokerCensus())
  }

  @Test(arguments: RealBroker.allCases)
  func `transaction with ACK, aborted`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumer = try test.subscribe(queue)
    test.send(1...2, to: queue)
    _ = test.deliveries()
    let transaction = test.broker.begin(for: test.publisher, at: 0)
    for tag in test.tags.values {
      let isStaged = test.broker.acknowledge(tag, in: transaction, at: 0)
      #expect(isStaged)
    }
    test.broker.abort(transaction, at: 0)
    // Both stay with the consumer; one is acknowledged again, the other comes back when it dies.
    #expect(test.broker.inHand(of: queue) == 2)
    #expect(test.delivered() == [])
    let isDone = test.acknowledge(1)
    #expect(isDone)
    test.kill(consumer)
    _ = try test.subscribe(queue)
    #expect(test.delivered() == [2])
  }

  @Test(arguments: RealBroker.allCases, [false, true])
  func `transaction with ACK and SEND, committed`(real: RealBroker, isStale: Bool) throws {
    var test = BrokerUnderTest(real.profile)
    let (requests, replies) = (test.declare(), test.declare())
    let server = try test.subscribe(requests)
    test.send(1...1, to: requests)
    _ = test.deliveries()
    let tag = try #require(test.tags[1])
    let transaction = test.broker.begin(for: test.publisher, at: 0)
    test.broker.acknowledge(tag, in: transaction, at: 0)
    test.broker.send(OutgoingMessage(2), from: test.publisher, to: replies, in: transaction, at: 0)
    #expect(test.broker.length(of: replies) == 0)
    // Both or neither: the request of a server that died meanwhile is another's.
    if isStale { test.kill(server) }
    let outcome = test.broker.commit(transaction, at: 0)
    #expect(outcome == (isStale ? .aborted : .committed))
    #expect(test.broker.length(of: replies) == (isStale ? 0 : 1))
    #expect(test.broker.length(of: requests) == (isStale ? 1 : 0))
    #expect(test.broker.census.acknowledged == (isStale ? 0 : 1))
  }
}
