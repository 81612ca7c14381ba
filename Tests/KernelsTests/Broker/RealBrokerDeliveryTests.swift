import Kernels
import Testing

/// The rows of the table of two real brokers about who gets what, and what comes again; each test
/// bears the name of its row.
@Suite("Real brokers: delivery") struct RealBrokerDeliveryTests {
  @Test(arguments: RealBroker.allCases)
  func `queue, two idle consumers`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumers = [try test.subscribe(queue), try test.subscribe(queue)]
    test.send(0...9, to: queue)
    #expect(test.delivered(by: consumers) == [[0, 2, 4, 6, 8], [1, 3, 5, 7, 9]])
  }

  @Test(arguments: RealBroker.allCases)
  func `topic, three subscribers`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let topic = test.broker.declareTopic()
    var consumers: [MessageBroker.Consumer] = []
    for _ in 0..<3 {
      consumers.append(try test.listen(topic))
    }
    #expect(test.publish(1...3, to: topic) == [.accepted, .accepted, .accepted])
    #expect(test.delivered(by: consumers) == [[1, 2, 3], [1, 2, 3], [1, 2, 3]])
  }

  @Test(arguments: RealBroker.allCases)
  func `topic, nobody subscribed`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile, wantsReceipts: true)
    let topic = test.broker.declareTopic()
    #expect(test.publish(1...1, to: topic) == [.accepted])
    #expect(test.receipts().map(\.isAccepted) == [true])
    _ = try test.listen(topic)
    #expect(test.delivered() == [])
    #expect(test.losses().map(\.reason) == [.noSubscriber])
  }

  @Test(arguments: RealBroker.allCases)
  func `durable subscriber away`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let topic = test.broker.declareTopic()
    let subscription = try test.subscription(topic)
    let consumer = try test.subscribe(subscription)
    test.kill(consumer)
    _ = test.publish(1...3, to: topic)
    #expect(test.delivered() == [])
    test.broker.restore(consumer, at: 0)
    let deliveries = test.deliveries()
    #expect(deliveries.map(\.message) == [1, 2, 3])
    #expect(!deliveries.contains { $0.isRedelivered })
  }

  @Test(arguments: RealBroker.allCases)
  func `ack auto, consumer killed at once`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    test.send(1...5, to: queue)
    let consumer = try test.subscribe(queue, .auto)
    test.kill(consumer)
    let losses = test.losses()
    #expect(losses.allSatisfy { $0.reason == .consumerLost })
    #expect(losses.map(\.message) == (real == .activemq ? [1] : [1, 2, 3, 4, 5]))
    #expect(test.broker.length(of: queue) == (real == .activemq ? 4 : 0))
  }

  @Test(arguments: RealBroker.allCases)
  func `ack client, 6th of 10 acked, killed`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumer = try test.subscribe(queue, .client)
    test.send(1...10, to: queue)
    #expect(test.delivered() == Array(1...10))
    test.acknowledge(6)
    test.kill(consumer)
    _ = try test.subscribe(queue, .client)
    #expect(test.delivered() == [7, 8, 9, 10])
  }

  @Test(arguments: RealBroker.allCases)
  func `ack client-individual, 4 of 10 acked, killed`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumer = try test.subscribe(queue)
    test.send(1...10, to: queue)
    _ = test.deliveries()
    for message in [2, 3, 5, 9] as [UInt64] { test.acknowledge(message) }
    test.kill(consumer)
    _ = try test.subscribe(queue)
    let again = test.deliveries()
    #expect(again.map(\.message) == [1, 4, 6, 7, 8, 10])
    #expect(again.allSatisfy { $0.isRedelivered })
  }

  @Test(arguments: RealBroker.allCases)
  func `clean disconnect with messages in hand`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumer = try test.subscribe(queue)
    test.send(1...3, to: queue)
    _ = test.deliveries()
    test.broker.unsubscribe(consumer, at: 0)
    _ = try test.subscribe(queue)
    let again = test.deliveries()
    #expect(again.map(\.message) == [1, 2, 3])
    #expect(again.allSatisfy { $0.isRedelivered })
  }

  @Test(arguments: RealBroker.allCases)
  func `redelivered against newer messages`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let consumer = try test.subscribe(queue, window: 3)
    test.send(1...5, to: queue)
    _ = test.deliveries()
    test.kill(consumer)
    test.send(6...7, to: queue)
    _ = try test.subscribe(queue)
    let again = test.deliveries()
    #expect(again.map(\.message) == Array(1...7))
    #expect(again.map(\.isRedelivered) == [true, true, true, false, false, false, false])
  }

  @Test(arguments: RealBroker.allCases)
  func `killed 12 times with one message`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let dead = test.declare()
    let queue = test.declare(QueuePolicy(deadLetterQueue: dead))
    test.send(1...1, to: queue)
    for attempt in 1...12 as ClosedRange<UInt8> {
      let consumer = try test.subscribe(queue)
      let deliveries = test.deliveries()
      #expect(deliveries.map(\.message) == [1])
      #expect(deliveries.map(\.attempt) == [attempt])
      test.kill(consumer)
    }
    #expect(test.losses().isEmpty)
    #expect(test.broker.length(of: dead) == 0)
    #expect(test.broker.length(of: queue) == 1)
  }

  @Test(arguments: RealBroker.allCases)
  func `prefetch 3, individual acks`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    _ = try test.subscribe(queue, window: 3)
    test.send(1...10, to: queue)
    #expect(test.delivered() == [1, 2, 3])
    for message in 1...7 as ClosedRange<UInt64> {
      test.acknowledge(message)
      #expect(test.delivered() == [message + 3])
    }
  }

  @Test(arguments: RealBroker.allCases)
  func `prefetch 3, auto`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    _ = try test.subscribe(queue, .auto, window: 3)
    test.send(1...10, to: queue)
    // The consumer reads and acknowledges nothing: that it has read is known to its connection.
    var read: [UInt64] = []
    while let delivery = test.broker.nextDelivery() {
      read.append(delivery.message)
      test.broker.acknowledge(delivery.tag, at: 0)
    }
    #expect(read == Array(1...10))
  }

  @Test(arguments: RealBroker.allCases)
  func `second consumer comes late, prefetch 1000`(real: RealBroker) throws {
    var test = BrokerUnderTest(real.profile)
    let queue = test.declare()
    let first = try test.subscribe(queue)
    test.send(1...10, to: queue)
    let second = try test.subscribe(queue)
    #expect(test.delivered(by: [first, second]) == [Array(1...10), []])
    test.kill(first)
    #expect(test.delivered(by: [first, second]) == [[], Array(1...10)])
  }
}
