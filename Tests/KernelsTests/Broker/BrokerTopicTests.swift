import Kernels
import Testing

@Suite("Topics, selectors and change at run time") struct BrokerTopicTests {
  @Test func `consumers of one type get that type alone, in turn with those of every type`() throws
  {
    var test = BrokerUnderTest()
    let queue = test.declare()
    test.send(1...2, to: queue, type: 7)
    test.send(3...4, to: queue, type: 8)
    let picky = try test.subscribe(queue, selector: .type(8))
    #expect(test.delivered(by: [picky]) == [[3, 4]])
    let open = try test.subscribe(queue)
    #expect(test.delivered(by: [picky, open]) == [[], [1, 2]])
    test.send(5...8, to: queue, type: 8)
    #expect(test.delivered(by: [picky, open]) == [[5, 7], [6, 8]])
    test.send(9...9, to: queue, type: 7)
    #expect(test.delivered(by: [picky, open]) == [[], [9]])
  }

  @Test func `a message that nobody wants waits without holding up the others`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare()
    _ = try test.subscribe(queue, selector: .type(1))
    test.send(1...1, to: queue, type: 2)
    test.send(2...2, to: queue, type: 1)
    #expect(test.delivered() == [2])
    #expect(test.broker.length(of: queue) == 1)
  }

  @Test func `a subscription gets the types that it selects`() throws {
    var test = BrokerUnderTest()
    let topic = test.broker.declareTopic()
    let all = try test.listen(topic)
    let some = try test.listen(topic, selector: .type(0))
    let none = try test.listen(topic, selector: .type(5))
    _ = test.publish(1...2, to: topic)
    #expect(test.delivered(by: [all, some, none]) == [[1, 2], [1, 2], []])
  }

  @Test func `a subscription that is not durable ends with its consumer, with a record`() throws {
    var test = BrokerUnderTest()
    let topic = test.broker.declareTopic()
    let consumer = try test.listen(topic, window: 1)
    _ = test.publish(1...3, to: topic)
    test.kill(consumer)
    let losses = test.losses()
    #expect(losses.map(\.reason) == [.queueRemoved, .queueRemoved, .queueRemoved])
    #expect(losses.map(\.deliveries) == [1, 0, 0])
    #expect(test.publish(4...4, to: topic) == [.accepted])
    #expect(test.losses().map(\.reason) == [.noSubscriber])
  }

  @Test func `a slow subscriber's bound is its own affair`() throws {
    var test = BrokerUnderTest()
    let topic = test.broker.declareTopic()
    let slow = try test.subscription(topic, QueuePolicy(capacity: 1))
    let quick = try test.listen(topic)
    #expect(test.publish(1...3, to: topic) == [.accepted, .accepted, .accepted])
    #expect(test.delivered(by: [quick]) == [[1, 2, 3]])
    #expect(test.losses().map(\.queue) == [slow, slow])
  }

  @Test func `a topic can block its publisher until every subscription has room`() throws {
    var test = BrokerUnderTest()
    let topic = test.broker.declareTopic()
    let policy = QueuePolicy(capacity: 1, overflow: .block)
    let subscriptions = [
      try test.subscription(topic, policy), try test.subscription(topic, policy),
    ]
    #expect(test.publish(1...2, to: topic) == [.accepted, .blocked])
    _ = try test.subscribe(subscriptions[0])
    #expect(test.receipts().isEmpty)
    _ = try test.subscribe(subscriptions[1])
    #expect(test.receipts().map(\.isAccepted) == [true])
  }

  @Test func `queues and topics come and go while messages flow`() throws {
    var test = BrokerUnderTest()
    let topic = test.broker.declareTopic()
    var subscriptions: [MessageBroker.Queue] = []
    for number in 1...50 as ClosedRange<UInt64> {
      subscriptions.append(try test.subscription(topic))
      _ = test.publish(number...number, to: topic)
      if number % 3 == 0 { test.broker.removeQueue(subscriptions.removeFirst(), at: 0) }
      #expect(test.broker.firstFault == nil)
    }
    let isRemoved = test.broker.removeTopic(topic, at: 0)
    #expect(isRemoved)
    #expect(test.broker.census.inFlight == 0)
    let exists = test.broker.exists(subscriptions[0])
    #expect(!exists)
    let again = test.broker.removeTopic(topic, at: 0)
    #expect(!again)
  }

  @Test func `a consumer outlives its queue and can do nothing more`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare()
    let consumer = try test.subscribe(queue)
    test.send(1...1, to: queue)
    _ = test.deliveries()
    test.broker.removeQueue(queue, at: 0)
    let isDone = test.acknowledge(1)
    #expect(!isDone)
    test.kill(consumer)
    let isBack = test.broker.restore(consumer, at: 0)
    #expect(!isBack)
    let hasLeft = test.broker.unsubscribe(consumer, at: 0)
    #expect(hasLeft)
    let leavesAgain = test.broker.unsubscribe(consumer, at: 0)
    #expect(!leavesAgain)
  }
}
