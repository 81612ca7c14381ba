extension EventQueue {
  /// What is wrong with the structure; empty in a sound queue.
  ///
  /// O(n): for tests and for replay behind a flag, not for every event.
  public var faults: [String] {
    var faults: [String] = []
    if usesRadix {
      if let fault = radix.fault { faults.append(fault) }
    } else if let position = heap.firstDisorder {
      faults.append("event \(position) of the heap comes before its parent")
    }
    var overdue = 0
    var forged = 0
    forEach { event in
      if isMonotone, event.time < clock { overdue += 1 }
      if event.sequence >= pushed { forged += 1 }
    }
    if overdue > 0 { faults.append("\(overdue) events lie before the present") }
    if forged > 0 { faults.append("\(forged) sequence numbers were never given out") }
    return faults
  }

  /// Calls `body` with every pending event, in no order that means anything.
  func forEach(_ body: (Event) -> Void) {
    if usesRadix {
      for bucket in 0..<65 { radix.forEach(in: bucket, body) }
    } else {
      heap.forEach(body)
    }
  }
}

extension RadixHeap {
  /// What is wrong with the buckets; nil in a sound heap.
  var fault: String? {
    var total = 0
    for bucket in 0..<65 {
      var count = 0
      var misplaced = 0
      var disordered = 0
      var latest: [Double: UInt64] = [:]
      forEach(in: bucket) { event in
        count += 1
        if place(Event.key(event.time)) != bucket { misplaced += 1 }
        if let before = latest[event.time], before > event.sequence { disordered += 1 }
        latest[event.time] = event.sequence
      }
      if misplaced > 0 { return "\(misplaced) events in bucket \(bucket) belong elsewhere" }
      if disordered > 0 { return "\(disordered) equal times in bucket \(bucket) out of order" }
      if bucket > 0, (occupied >> UInt64(bucket - 1) & 1 == 1) != (count > 0) {
        return "bucket \(bucket) with \(count) events is marked wrongly"
      }
      total += count
    }
    return total == size ? nil : "\(size) events are said to be there, \(total) are"
  }
}
