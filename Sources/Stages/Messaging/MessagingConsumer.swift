import Kernels

/// A consumer's own side: what was delivered to it, served one after another.
struct MessagingConsumer {
  let id: MessageBroker.Consumer
  /// Deliveries, of which those before `head` are done; the one at `head` is in service.
  private var inbox: [BrokerDelivery] = []
  private var head = 0
  var isServing = false
  /// Failures so far; the end of a service that began before one means nothing.
  var failures = 0

  init(id: MessageBroker.Consumer) { self.id = id }

  /// The delivery in service, or next to be.
  var current: BrokerDelivery? { head < inbox.count ? inbox[head] : nil }

  mutating func take(_ delivery: BrokerDelivery) { inbox.append(delivery) }

  mutating func finishCurrent() {
    isServing = false
    head += 1
    if head > 64, 2 * head > inbox.count {
      inbox.removeFirst(head)
      head = 0
    }
  }

  mutating func fail() {
    inbox.removeAll(keepingCapacity: true)
    head = 0
    isServing = false
    failures += 1
  }
}
