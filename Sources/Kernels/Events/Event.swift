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

  /// A whole number for a time: the order is that of times, and -0 and 0 are one time.
  @inline(__always)
  static func key(_ time: Double) -> UInt64 {
    let bits = (time + 0).bitPattern
    return bits >> 63 == 0 ? bits | 1 << 63 : ~bits
  }

  /// The time that a whole number stands for.
  @inline(__always)
  static func time(ofKey key: UInt64) -> Double {
    Double(bitPattern: key >> 63 == 1 ? key & ~(1 << 63) : ~key)
  }
}
