import Kernels

/// The broker's rules without its data structures.
///
/// One array of messages is sorted and searched anew for every decision: slow, and the judge of the
/// fast one.
struct PlainBroker {
  enum Place: Equatable {
    case nowhere, fresh, returned, blocked, held(Int), staged(Int)
  }

  struct Message {
    var copy: Int
    var sent: OutgoingMessage
    var expiry: Double
    var queue: Int
    var publisher: Int
    var sequence = 0
    var attempts = 0
    /// Numbers its deliveries among all.
    var delivery = 0
    var place = Place.nowhere

    var isWaiting: Bool { place == .fresh || place == .returned }
  }

  struct Queue {
    var policy: QueuePolicy
    var deadLetters: Int?
    var topic: Int?
    var selector = MessageSelector.all
    var isTransient = false
  }

  struct Consumer {
    var queue: Int?
    var policy: ConsumerPolicy
    var window: Int
    var isAway = false
    var turn: Int?
  }

  struct Publisher {
    var wantsReceipts: Bool
    var blockedMessage: UInt64 = 0
    var hasLost = false
    var isGone = false
  }

  struct Transaction {
    var publisher: Int
    /// Numbers of deliveries.
    var acknowledged: [Int] = []
  }

  let profile: BrokerProfile
  var now = -Double.infinity
  var messages: [Message] = []
  var queues: [Int: Queue] = [:]
  var topics: [Int: [Int]] = [:]
  var consumers: [Int: Consumer] = [:]
  var publishers: [Int: Publisher] = [:]
  var transactions: [Int: Transaction] = [:]
  var acknowledgedCount = 0
  var said: [String] = []
  private var counter = 0

  init(profile: BrokerProfile) { self.profile = profile }

  mutating func next() -> Int {
    counter += 1
    return counter
  }

  func position(_ copy: Int) -> Int { messages.firstIndex { $0.copy == copy } ?? -1 }

  // MARK: What waits, and who takes it

  private func rank(_ message: Message) -> (Int, Int, Int) {
    let levels = queues[message.queue]?.policy.priorityLevels ?? 1
    let level = min(Int(message.sent.priority), levels - 1)
    return (-level, message.place == .returned ? 0 : 1, message.sequence)
  }

  /// Copies that wait in a queue, in the order of service.
  func waiting(in queue: Int) -> [Message] {
    messages.filter { $0.queue == queue && $0.isWaiting }.sorted { rank($0) < rank($1) }
  }

  func held(by consumer: Int) -> [Message] {
    messages.filter { $0.place == .held(consumer) }.sorted { $0.delivery < $1.delivery }
  }

  func blocked(in queue: Int) -> [Message] {
    messages.filter { $0.queue == queue && $0.place == .blocked }
      .sorted { $0.sequence < $1.sequence }
  }

  func isBlocked(_ publisher: Int) -> Bool {
    messages.contains { $0.publisher == publisher && $0.place == .blocked }
  }

  func hasRoom(_ queue: Int) -> Bool {
    waiting(in: queue).count < (queues[queue]?.policy.capacity ?? 0)
  }

  mutating func refresh(_ consumer: Int) {
    guard let state = consumers[consumer] else { return }
    let isReady = state.queue != nil && !state.isAway && held(by: consumer).count < state.window
    if !isReady { consumers[consumer]?.turn = nil }
    if isReady, state.turn == nil {
      let turn = next()
      consumers[consumer]?.turn = turn
    }
  }

  mutating func settle(_ queue: Int) {
    while true {
      if let (copy, consumer) = match(in: queue) {
        deliver(copy, to: consumer)
      } else if hasRoom(queue), let first = blocked(in: queue).first {
        let place = position(first.copy)
        messages[place].place = .nowhere
        enter(first.copy)
        release(first.publisher, isLost: false)
      } else {
        return
      }
    }
  }

  private func match(in queue: Int) -> (copy: Int, consumer: Int)? {
    let ready = consumers.filter { $0.value.queue == queue && $0.value.turn != nil }
      .sorted { ($0.value.turn ?? 0) < ($1.value.turn ?? 0) }
    for message in waiting(in: queue) {
      for (consumer, state) in ready where state.policy.selector.admits(message.sent.type) {
        return (message.copy, consumer)
      }
    }
    return nil
  }

  private mutating func deliver(_ copy: Int, to consumer: Int) {
    let place = position(copy)
    messages[place].attempts = min(255, messages[place].attempts + 1)
    messages[place].delivery = next()
    messages[place].place = .held(consumer)
    consumers[consumer]?.turn = nil
    refresh(consumer)
    let message = messages[place]
    said.append(
      "delivery of \(message.sent.number) from queue \(message.queue) to \(consumer), attempt "
        + "\(message.attempts), at \(now)")
  }

  // MARK: The ways in and out

  mutating func offer(_ copy: Int) -> SendOutcome {
    let place = position(copy)
    let queue = messages[place].queue
    messages[place].sequence = next()
    if messages[place].expiry <= now {
      lose(copy, .expired)
      return .accepted
    }
    if !hasRoom(queue), let policy = queues[queue]?.policy {
      switch policy.overflow ?? profile.overflow {
      case .dropNew:
        discard(copy, .bound)
        return .refused
      case .dropOld: makeRoom(in: queue)
      case .block:
        messages[place].place = .blocked
        publishers[messages[place].publisher]?.blockedMessage = messages[place].sent.number
        return .blocked
      }
    }
    enter(copy)
    settle(queue)
    return .accepted
  }

  private mutating func makeRoom(in queue: Int) {
    while !hasRoom(queue), let first = waiting(in: queue).first {
      messages[position(first.copy)].place = .nowhere
      lose(first.copy, .bound)
    }
  }

  private mutating func enter(_ copy: Int) {
    let place = position(copy)
    let lifetime = queues[messages[place].queue]?.policy.timeToLiveSeconds ?? .infinity
    messages[place].expiry = min(messages[place].expiry, now + lifetime)
    messages[place].place = .fresh
  }

  mutating func lose(_ copy: Int, _ reason: LossReason) {
    let place = position(copy)
    let message = messages[place]
    let reasons: [LossReason] = [.bound, .expired, .rejected, .limit]
    guard reasons.contains(reason), let target = queues[message.queue]?.deadLetters,
      let policy = queues[target]?.policy,
      profile.deadLetterScope == .all || message.sent.isPersistent,
      hasRoom(target) || (policy.overflow ?? profile.overflow) == .dropOld
    else { return discard(copy, reason) }
    report(message, reason, target)
    makeRoom(in: target)
    let moved = position(copy)
    messages[moved].sequence = next()
    messages[moved].expiry = .infinity
    messages[moved].queue = target
    messages[moved].attempts = 0
    enter(copy)
    settle(target)
  }

  mutating func discard(_ copy: Int, _ reason: LossReason) {
    report(messages[position(copy)], reason, nil)
    messages.remove(at: position(copy))
  }

  private mutating func report(_ message: Message, _ reason: LossReason, _ target: Int?) {
    said.append(
      "loss of \(message.sent.number) by \(reason) from \(message.queue) after \(message.attempts) "
        + "to \(target ?? -1) at \(now)")
  }

  mutating func comeBack(_ copy: Int) {
    let place = position(copy)
    messages[place].place = .nowhere
    if let limit = queues[messages[place].queue]?.policy.deliveryLimit,
      messages[place].attempts >= limit
    {
      lose(copy, .limit)
    } else if messages[place].expiry <= now {
      lose(copy, .expired)
    } else {
      messages[place].place = .returned
    }
  }

  mutating func release(_ publisher: Int, isLost: Bool) {
    if isLost { publishers[publisher]?.hasLost = true }
    guard !isBlocked(publisher), let state = publishers[publisher] else { return }
    receipt(state.blockedMessage, publisher, isAccepted: !state.hasLost, wasBlocked: true)
    publishers[publisher]?.hasLost = false
  }

  mutating func receipt(
    _ message: UInt64, _ publisher: Int, isAccepted: Bool, wasBlocked: Bool = false
  ) {
    guard wasBlocked || publishers[publisher]?.wantsReceipts == true else { return }
    said.append("receipt for \(message) to \(publisher): \(isAccepted) \(wasBlocked) at \(now)")
  }
}
