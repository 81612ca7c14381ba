/// A hybrid logical clock of one node: near its physical clock, and never against causality.
///
///     var clock = HybridLogicalClock()
///     let sent = clock.tick(physical: 100)
///     let received = other.receive(sent, physical: 93)
///
/// What happened before has the smaller stamp. A stamp's time is never behind the node's own clock,
/// and ahead of it by no more than the clocks of the nodes differ. Every step costs O(1).
///
/// Source: Kulkarni, Demirbas, Madappa, Avva, Leone, "Logical physical clocks", OPODIS 2014,
/// algorithm 1.
public struct HybridLogicalClock: Sendable, Equatable, BitwiseCopyable {
  /// The stamp of the node's latest event.
  public private(set) var latest = HybridTimestamp(time: .min, counter: 0)

  public init() {}

  /// The stamp of an event of the node's own, sending included, while its physical clock shows
  /// `physical`.
  @discardableResult
  public mutating func tick(physical: Int64) -> HybridTimestamp {
    let time = max(latest.time, physical)
    latest = HybridTimestamp(time: time, counter: time == latest.time ? latest.counter + 1 : 0)
    return latest
  }

  /// The stamp of the event of receiving a message that bears `stamp`.
  @discardableResult
  public mutating func receive(_ stamp: HybridTimestamp, physical: Int64) -> HybridTimestamp {
    let time = max(latest.time, stamp.time, physical)
    let counter: UInt32 =
      switch (time == latest.time, time == stamp.time) {
      case (true, true): max(latest.counter, stamp.counter) + 1
      case (true, false): latest.counter + 1
      case (false, true): stamp.counter + 1
      case (false, false): 0
      }
    latest = HybridTimestamp(time: time, counter: counter)
    return latest
  }
}
