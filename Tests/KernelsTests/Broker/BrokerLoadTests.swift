import Kernels
import Testing

@Suite("Broker under load") struct BrokerLoadTests {
  /// Six messages come while five can be served: utilisation 1.2.
  @Test(arguments: QueueOverflow.allCases)
  func `a bounded queue stands overload of a million messages`(overflow: QueueOverflow) throws {
    var test = BrokerUnderTest()
    let queue = test.declare(QueuePolicy(capacity: 1000, overflow: overflow))
    _ = try test.subscribe(queue, window: 1)
    var (sent, lost, served, longest) = (0, 0, 0, 0)
    for round in 0..<200_000 {
      test.now = Double(round)
      for _ in 0..<6 {
        let outcome = test.broker.send(
          OutgoingMessage(UInt64(sent)), from: test.publisher, to: queue, at: test.now)
        if outcome != .busy { sent += 1 }
      }
      for _ in 0..<5 {
        guard let delivery = test.broker.nextDelivery() else { break }
        test.broker.acknowledge(delivery.tag, at: test.now)
        served += 1
      }
      while test.broker.nextLoss() != nil { lost += 1 }
      while test.broker.nextReceipt() != nil {}
      longest = max(longest, test.broker.length(of: queue))
    }
    #expect(990...1000 ~= longest)
    #expect(served > 990_000)
    #expect(sent == served + lost + test.broker.census.inFlight)
    #expect(overflow == .block ? lost == 0 : lost > 190_000)
    #expect(test.broker.firstFault == nil)
  }

  @Test func `a queue without consumers keeps what it may keep`() {
    var test = BrokerUnderTest()
    let endless = test.declare()
    let mortal = test.declare(QueuePolicy(timeToLiveSeconds: 10))
    for number in 0..<10_000 as Range<UInt64> {
      test.now = Double(number)
      test.send(number...number, to: endless)
      test.send(number...number, to: mortal)
    }
    #expect(test.delivered() == [])
    #expect(test.broker.length(of: endless) == 10_000)
    #expect(test.broker.length(of: mortal) == 10)
    #expect(test.losses().map(\.message) == Array(0..<9990))
  }

  @Test func `a broker without queues, and a queue without messages, have nothing to say`() throws {
    var test = BrokerUnderTest()
    test.pass(1e15)
    #expect(test.broker.nextExpiry == nil)
    let queue = test.declare()
    let consumer = try test.subscribe(queue)
    test.kill(consumer)
    test.broker.removeQueue(queue, at: 1e15)
    #expect(test.delivered() == [] && test.losses().isEmpty && test.receipts().isEmpty)
    #expect(test.broker.firstFault == nil)
  }

  /// At most 64 bytes a message, the doubling of the table of timers included.
  @Test(arguments: [100_000, 600_000], [nil, 1e9] as [Double?])
  func `a message in flight takes at most 64 bytes`(count: Int, expiry: Double?) {
    var test = BrokerUnderTest()
    let queue = test.declare()
    for number in 0..<count {
      test.broker.send(
        OutgoingMessage(UInt64(number), expiry: expiry), from: test.publisher, to: queue, at: 0)
    }
    let chunk = 4096 * 64
    #expect(test.broker.messageByteCount <= 64 * count + chunk)
  }

  @Test func `memory does not grow with messages that are finished`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare(QueuePolicy(timeToLiveSeconds: 1000))
    _ = try test.subscribe(queue, window: 50)
    for number in 0..<200_000 {
      test.broker.send(OutgoingMessage(UInt64(number)), from: test.publisher, to: queue, at: 0)
      while let delivery = test.broker.nextDelivery() {
        test.broker.acknowledge(delivery.tag, at: 0)
      }
    }
    #expect(test.broker.messageByteCount <= 4096 * 64)
    #expect(test.broker.census.acknowledged == 200_000)
  }

  @Test func `a hundred thousand messages in the hands of the dead come again in order`() throws {
    var test = BrokerUnderTest()
    let queue = test.declare()
    let consumer = try test.subscribe(queue, window: 100_000)
    test.send(1...100_000, to: queue)
    _ = test.deliveries()
    test.kill(consumer)
    _ = try test.subscribe(queue, window: 100_000)
    #expect(test.delivered() == Array(1...100_000))
  }

  @Test func `time that goes back is a mistake`() async {
    await #expect(processExitsWith: .failure) {
      var broker = MessageBroker()
      broker.advance(to: 2)
      broker.advance(to: 1)
    }
  }

  @Test func `a time that is no number is a mistake`() async {
    await #expect(processExitsWith: .failure) {
      var broker = MessageBroker()
      broker.advance(to: .nan)
    }
  }
}
