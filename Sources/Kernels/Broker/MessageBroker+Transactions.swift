/// Sends and acknowledgements that are done together or not at all (STOMP 1.2, BEGIN to ABORT).
extension MessageBroker {
  /// Opens a transaction of a publisher, whose loss aborts it.
  public mutating func begin(for publisher: Publisher, at time: Double) -> Transaction {
    advance(to: time)
    let slot = transactions.take()
    transactions[slot].isOpen = true
    transactions[slot].publisher = checked(publisher)
    while stagedTags.count <= Int(slot) { stagedTags.append([]) }
    return Transaction(slot: slot, generation: transactions[slot].generation)
  }

  /// Does all that was put aside: the acknowledgements, then the sends in their order.
  ///
  /// If a message that it acknowledges came back meanwhile it does nothing and the transaction is
  /// aborted. One receipt stands for all its sends.
  public mutating func commit(_ transaction: Transaction, at time: Double) -> CommitOutcome {
    advance(to: time)
    let slot = checkedOpen(transaction)
    let publisher = transactions[slot].publisher
    if publishers[publisher].blocked > 0 { return .busy }
    guard stagedTags[Int(slot)].allSatisfy({ isInHand($0) }) else {
      abort(transaction, at: time)
      return .aborted
    }
    acknowledgeStaged(slot)
    let sent = sendStaged(slot)
    close(slot)
    if publishers[publisher].blocked > 0 { return .blocked }
    if let sent { confirm(sent.message, to: publisher, isAccepted: sent.isAccepted) }
    return .committed
  }

  /// Forgets all that was put aside: messages stay with their consumers and may be acknowledged
  /// again.
  public mutating func abort(_ transaction: Transaction, at time: Double) {
    advance(to: time)
    let slot = checkedOpen(transaction)
    while let message = popStaged(slot) {
      census.sent -= 1
      messages.giveBack(message)
    }
    close(slot)
  }

  private func checkedOpen(_ transaction: Transaction) -> UInt32 {
    precondition(
      transactions.isCurrent(transaction.slot, transaction.generation), "a transaction that ended")
    return transaction.slot
  }

  private mutating func close(_ slot: UInt32) {
    stagedTags[Int(slot)].removeAll(keepingCapacity: true)
    transactions[slot].isOpen = false
    transactions.giveBack(slot)
  }

  /// A cumulative acknowledgement may have settled a later tag's message already.
  private mutating func acknowledgeStaged(_ slot: UInt32) {
    for number in stagedTags[Int(slot)].indices {
      let tag = stagedTags[Int(slot)][number]
      guard isInHand(tag) else { continue }
      let queue = messages[tag.slot].queue
      finish(tag.slot)
      settle(queue)
    }
  }

  /// - Returns: the last message, and whether none was refused; nil if there was none.
  private mutating func sendStaged(_ slot: UInt32) -> (message: UInt64, isAccepted: Bool)? {
    var last: UInt64?
    var isAccepted = true
    while let message = popStaged(slot) {
      last = messages[message].message
      if messages[message].queue == .none {
        discard(message, .noDestination)
        isAccepted = false
      } else if offer(message) == .refused {
        isAccepted = false
      }
    }
    return last.map { ($0, isAccepted) }
  }

  mutating func stage(_ tag: BrokerDelivery.Tag, in transaction: Transaction) {
    stagedTags[Int(checkedOpen(transaction))].append(tag)
  }

  mutating func stage(_ message: UInt32, in transaction: Transaction) {
    let slot = checkedOpen(transaction)
    let last = transactions[slot].staged.last
    messages[message].place = .staged
    if last == .none {
      transactions[slot].staged.first = message
    } else {
      messages[last].next = message
    }
    transactions[slot].staged.last = message
    census.staged += 1
  }

  private mutating func popStaged(_ slot: UInt32) -> UInt32? {
    let message = transactions[slot].staged.first
    guard message != .none else { return nil }
    transactions[slot].staged.first = messages[message].next
    if messages[message].next == .none { transactions[slot].staged.last = .none }
    messages[message].place = .nowhere
    census.staged -= 1
    return message
  }
}
