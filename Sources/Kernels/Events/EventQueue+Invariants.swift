extension EventQueue {
  /// The first position whose event comes before its parent's; nil in a sound heap.
  ///
  /// O(n): for tests and for replay behind a flag, not for every event.
  public var firstDisorder: Int? {
    guard count > 1 else { return nil }
    return (1..<count).first { unsafe heap[$0].precedes(heap[($0 - 1) / 4]) }
  }

  /// The first position whose event lies before the present; nil if time has not been cheated.
  ///
  /// O(n). A queue that is not monotone may rightly hold such events.
  public var firstOverdue: Int? {
    (0..<count).first { unsafe heap[$0].time < now }
  }

  /// The first position whose event has a sequence number that was never given out.
  ///
  /// O(n).
  public var firstForged: Int? {
    (0..<count).first { unsafe heap[$0].sequence >= pushed }
  }
}
