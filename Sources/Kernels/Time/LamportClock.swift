/// Lamport's clock of one node: what happened before has the smaller number.
///
///     var a = LamportClock(), b = LamportClock()
///     let stamp = a.tick()          // a sends
///     b.receive(stamp)              // b's event of receiving is later than a's of sending
///
/// The converse does not hold: a smaller number may be concurrent. Every step costs O(1).
///
/// Source: Lamport, "Time, clocks, and the ordering of events in a distributed system",
/// Communications of the ACM 21 (1978), rules IR1 and IR2.
public struct LamportClock: Sendable, Equatable, BitwiseCopyable {
  /// The number of the node's latest event; 0 before the first.
  public private(set) var time: UInt64 = 0

  public init() {}

  /// The number of an event of the node's own, sending included.
  @discardableResult
  public mutating func tick() -> UInt64 {
    time += 1
    return time
  }

  /// The number of the event of receiving a message that bears `stamp`.
  @discardableResult
  public mutating func receive(_ stamp: UInt64) -> UInt64 {
    time = max(time, stamp) + 1
    return time
  }
}
