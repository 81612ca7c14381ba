import Kernels
import TestSupport
import Testing

/// What must hold whatever happens, seen from outside with nothing but sets.
@Suite("Broker properties") struct BrokerPropertyTests {
  /// Clients that send, servers that fail, refuse and come back; all that was seen of it.
  private struct World: ~Copyable {
    var test: BrokerUnderTest
    let queue: MessageBroker.Queue
    var publishers: [MessageBroker.Publisher]
    var consumers: [MessageBroker.Consumer] = []
    var draw: SplitMix64
    var sent: UInt64 = 0
    var waiting: Set<UInt64> = []
    var inHand: [UInt64: (tag: BrokerDelivery.Tag, consumer: MessageBroker.Consumer)] = [:]
    var done: Set<UInt64> = []
    var attempts: [UInt64: Int] = [:]
    var returns: [UInt64: Int] = [:]
    var disorder: String?

    init(seed: UInt64, _ profile: BrokerProfile) throws {
      test = BrokerUnderTest(profile)
      queue = test.declare()
      draw = SplitMix64(seed: seed)
      publishers = [test.publisher, test.broker.addPublisher(), test.broker.addPublisher()]
      for window in 1...4 { consumers.append(try test.subscribe(queue, window: window)) }
    }

    mutating func below(_ bound: Int) -> Int { Int(draw.next() % UInt64(bound)) }

    mutating func step() {
      switch below(10) {
      case 0..<4: send()
      case 4..<7: finish()
      case 7: fail()
      case 8: test.broker.restore(consumers[below(consumers.count)], at: 0)
      default: refuse()
      }
      take()
    }

    /// Message number modulo 3 tells its publisher.
    mutating func send() {
      let publisher = publishers[Int(sent % 3)]
      test.broker.send(OutgoingMessage(sent), from: publisher, to: queue, at: 0)
      waiting.insert(sent)
      sent += 1
    }

    mutating func anyInHand() -> UInt64? {
      let held = inHand.keys.sorted()
      return held.isEmpty ? nil : held[below(held.count)]
    }

    mutating func finish() {
      guard let message = anyInHand(), let tag = inHand.removeValue(forKey: message)?.tag else {
        return
      }
      if test.broker.acknowledge(tag, at: 0) { done.insert(message) }
    }

    mutating func refuse() {
      guard test.broker.profile.nack == .requeues, let message = anyInHand(),
        let tag = inHand[message]?.tag
      else { return }
      giveBack([message])
      test.broker.refuse(tag, at: 0)
    }

    mutating func fail() {
      let consumer = consumers[below(consumers.count)]
      giveBack(inHand.filter { $0.value.consumer == consumer }.map(\.key))
      test.broker.lose(consumer, at: 0)
    }

    mutating func giveBack(_ messages: [UInt64]) {
      for message in messages {
        inHand[message] = nil
        waiting.insert(message)
        returns[message, default: 0] += 1
      }
    }

    /// Takes deliveries; none may overtake an older message of the same publisher that waits.
    mutating func take() {
      for delivery in test.deliveries() {
        let message = delivery.message
        waiting.remove(message)
        if let older = waiting.first(where: { $0 % 3 == message % 3 && $0 < message }) {
          disorder = "\(message) was delivered while \(older) waited"
        }
        attempts[message, default: 0] += 1
        if delivery.isRedelivered != (attempts[message] != 1) { disorder = "a wrong mark" }
        inHand[message] = (delivery.tag, delivery.consumer)
      }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>, RealBroker.allCases)
  func `no message is lost or comes again without a cause, and each publisher's order is kept`(
    seed: UInt64, real: RealBroker
  ) throws {
    var world = try World(seed: seed, real.profile)
    for _ in 0..<2000 {
      world.step()
      let census = world.test.broker.census
      #expect(census.isConserved, "seed \(seed)")
      #expect(census.waiting == world.waiting.count, "seed \(seed)")
      #expect(census.inHand == world.inHand.count, "seed \(seed)")
      #expect(census.acknowledged == world.done.count, "seed \(seed)")
    }
    #expect(world.disorder == nil, "seed \(seed)")
    // In the end everybody comes back and works until nothing is left.
    for consumer in world.consumers { world.test.broker.restore(consumer, at: 0) }
    world.take()
    while !world.inHand.isEmpty {
      world.finish()
      world.take()
    }
    #expect(world.done.count == Int(world.sent), "seed \(seed)")
    #expect(world.test.losses().isEmpty, "seed \(seed)")
    for message in 0..<world.sent {
      let again = world.returns[message] ?? 0
      #expect(world.attempts[message] == 1 + again, "seed \(seed): message \(message)")
    }
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `equal calls give equal deliveries`(seed: UInt64) throws {
    var runs: [[UInt64: Int]] = []
    for _ in 0..<2 {
      var world = try World(seed: seed, .rabbitmq)
      for _ in 0..<500 { world.step() }
      runs.append(world.attempts)
    }
    #expect(runs[0] == runs[1], "seed \(seed)")
  }
}
