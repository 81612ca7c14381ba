/// A time stamp of a hybrid logical clock: physical time and a counter among equal ones.
public struct HybridTimestamp: Sendable, Hashable, BitwiseCopyable, Comparable {
  /// The largest physical time heard of, in units of the physical clocks.
  public let time: Int64
  public let counter: UInt32

  public init(time: Int64, counter: UInt32) {
    self.time = time
    self.counter = counter
  }

  public static func < (a: HybridTimestamp, b: HybridTimestamp) -> Bool {
    (a.time, a.counter) < (b.time, b.counter)
  }
}
