/// Something that happens at a moment of simulated time.
public struct Event: Sendable, Equatable {
  /// When it happens, in the simulation's unit of time.
  public let time: Double

  /// How many events its queue was given before it; decides between equal times.
  public let sequence: UInt64

  /// 64 bits of the simulation's own, such as a kind and an index.
  public let payload: UInt64

  @inlinable
  public init(time: Double, sequence: UInt64, payload: UInt64) {
    self.time = time
    self.sequence = sequence
    self.payload = payload
  }

  /// Whether this event comes first: by time, and among equal times by sequence.
  @inlinable @inline(__always)
  public func precedes(_ other: Event) -> Bool {
    time < other.time || (time == other.time && sequence < other.sequence)
  }
}
