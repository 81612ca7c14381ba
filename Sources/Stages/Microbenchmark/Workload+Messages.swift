import Kernels

/// A broker under a steady flow.
extension Workload {
  /// A hundredth of the messages waits in a queue with time to live, at least 100; ten consumers
  /// take one for each that is sent, refuse one in ten, and one of them fails now and then.
  func messages() -> Double {
    var broker = MessageBroker(profile: .rabbitmq)
    let queue = broker.declareQueue(QueuePolicy(priorityLevels: 4, timeToLiveSeconds: 1e6))
    let publisher = broker.addPublisher()
    var draw = stream("messages").sequence()
    for number in 0..<max(100, size / 100) {
      broker.send(OutgoingMessage(UInt64(number)), from: publisher, to: queue, at: 0)
    }
    let consumers = (0..<10).compactMap { _ in
      broker.subscribe(to: queue, ConsumerPolicy(window: 5), at: 0)
    }
    var sum: UInt64 = 0
    for number in 0..<size {
      let time = Double(number)
      let priority = UInt8(draw.index(below: 4))
      broker.send(
        OutgoingMessage(UInt64(number), priority: priority), from: publisher, to: queue, at: time)
      guard let delivery = broker.nextDelivery() else { continue }
      sum &+= delivery.message &* UInt64(delivery.attempt)
      if draw.unit() < 0.1 {
        broker.refuse(delivery.tag, at: time)
      } else {
        broker.acknowledge(delivery.tag, at: time)
      }
      guard number % 1000 == 999 else { continue }
      let failing = consumers[number / 1000 % consumers.count]
      broker.lose(failing, at: time)
      broker.restore(failing, at: time)
    }
    return Double(sum >> 11) + Double(broker.census.deliveries)
  }
}
