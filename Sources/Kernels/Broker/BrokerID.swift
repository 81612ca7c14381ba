/// A name for something that a broker holds; it becomes invalid when that is removed.
///
/// `Kind` keeps queues, consumers and the rest apart.
public struct BrokerID<Kind>: Hashable, Sendable, BitwiseCopyable {
  let slot: UInt32
  let generation: UInt32

  init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }

  /// A number that is small and is used again after a removal, for tables indexed by it.
  public var index: Int { Int(slot) }
}
