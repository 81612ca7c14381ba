/// A named family of random blocks, so that two purposes never share one.
///
/// Equal seeds and names give equal streams. Blocks are addressed by an entity and a purpose:
///
///     let services = RandomStream(seed: 7, name: "traffic.service")
///     let work = -log(services.block(message).unit0) / rate
///
/// For code that wants one number after another, `sequence()` walks the blocks in order.
public struct RandomStream: Sendable, Equatable {
  /// The Philox key of this stream.
  public let key: PhiloxKey

  /// Creates the stream that belongs to `name` under `seed`.
  public init(seed: UInt64, name: String) {
    let label = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { hash, byte in
      (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    let block = Philox.block(counter: PhiloxBlock(label, 1), key: PhiloxKey(seed))
    self.init(key: PhiloxKey(block.word0))
  }

  @inlinable
  init(key: PhiloxKey) {
    self.key = key
  }

  /// The random block of one entity for one purpose.
  @inlinable @inline(__always)
  public func block(_ entity: UInt64, purpose: UInt64 = 0) -> PhiloxBlock {
    Philox.block(counter: PhiloxBlock(entity, purpose), key: key)
  }

  /// The random block of one entity for one purpose.
  @inlinable @inline(__always)
  public func block(_ entity: Int, purpose: UInt64 = 0) -> PhiloxBlock {
    block(UInt64(truncatingIfNeeded: entity), purpose: purpose)
  }

  /// A stream of its own for the member `index` of a group, such as one replication of many.
  public func substream(_ index: UInt64) -> RandomStream {
    RandomStream(key: PhiloxKey(block(index, purpose: .max).word0))
  }

  /// The blocks of this stream one after another, as a generator.
  public func sequence() -> RandomSequence {
    RandomSequence(self)
  }
}
