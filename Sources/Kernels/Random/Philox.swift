/// The counter-based generator Philox 4x32-10: a keyed bijection from counters to random blocks.
///
///     let block = Philox.block(counter: PhiloxBlock(message, purpose), key: stream.key)
///     let gap = block.unit0
///
/// A block is addressed, never stored: the same counter and key give the same 128 bits on every
/// machine and thread, so results cannot depend on the order in which they are drawn.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
/// section 3.3; the test vectors are those of its Random123 library.
public enum Philox {
  @usableFromInline static let multiplier0: UInt64 = 0xD251_1F53
  @usableFromInline static let multiplier1: UInt64 = 0xCD9E_8D57
  @usableFromInline static let weyl0: UInt32 = 0x9E37_79B9
  @usableFromInline static let weyl1: UInt32 = 0xBB67_AE85

  /// The random block that belongs to `counter` under `key`; ten rounds, about 10 ns.
  @inlinable @inline(__always)
  public static func block(counter: PhiloxBlock, key: PhiloxKey) -> PhiloxBlock {
    var block = counter
    var key = key
    for _ in 0..<9 {
      block = round(block, key)
      key = PhiloxKey(key.k0 &+ weyl0, key.k1 &+ weyl1)
    }
    return round(block, key)
  }

  @inlinable @inline(__always)
  static func round(_ x: PhiloxBlock, _ key: PhiloxKey) -> PhiloxBlock {
    let product0 = multiplier0 &* UInt64(x.x0)
    let product1 = multiplier1 &* UInt64(x.x2)
    return PhiloxBlock(
      UInt32(truncatingIfNeeded: product1 &>> 32) ^ x.x1 ^ key.k0,
      UInt32(truncatingIfNeeded: product1),
      UInt32(truncatingIfNeeded: product0 &>> 32) ^ x.x3 ^ key.k1,
      UInt32(truncatingIfNeeded: product0))
  }
}

/// The 64-bit key of a Philox stream.
public struct PhiloxKey: Sendable, Equatable {
  public let k0: UInt32
  public let k1: UInt32

  @inlinable
  public init(_ k0: UInt32, _ k1: UInt32) {
    self.k0 = k0
    self.k1 = k1
  }

  @inlinable
  public init(_ word: UInt64) {
    self.init(UInt32(truncatingIfNeeded: word), UInt32(truncatingIfNeeded: word &>> 32))
  }
}

/// 128 bits: a counter before the bijection, random bits after it.
public struct PhiloxBlock: Sendable, Equatable {
  public let x0: UInt32
  public let x1: UInt32
  public let x2: UInt32
  public let x3: UInt32

  @inlinable @inline(__always)
  public init(_ x0: UInt32, _ x1: UInt32, _ x2: UInt32, _ x3: UInt32) {
    self.x0 = x0
    self.x1 = x1
    self.x2 = x2
    self.x3 = x3
  }

  /// The counter of an entity (say a message's number) and a purpose (say "service time").
  @inlinable @inline(__always)
  public init(_ entity: UInt64, _ purpose: UInt64) {
    self.init(
      UInt32(truncatingIfNeeded: entity), UInt32(truncatingIfNeeded: entity &>> 32),
      UInt32(truncatingIfNeeded: purpose), UInt32(truncatingIfNeeded: purpose &>> 32))
  }

  /// The first 64 bits.
  @inlinable public var word0: UInt64 { UInt64(x0) | UInt64(x1) &<< 32 }

  /// The last 64 bits, independent of the first.
  @inlinable public var word1: UInt64 { UInt64(x2) | UInt64(x3) &<< 32 }

  /// A number drawn evenly from the open interval (0, 1), from the first 64 bits.
  @inlinable public var unit0: Double { unitInterval(word0) }

  /// A number drawn evenly from the open interval (0, 1), from the last 64 bits.
  @inlinable public var unit1: Double { unitInterval(word1) }
}

/// The midpoint of one of 2^52 equal cells of (0, 1): never 0, never 1, so its logarithm is finite.
@inlinable @inline(__always)
func unitInterval(_ word: UInt64) -> Double {
  (Double(word &>> 12) + 0.5) * 0x1p-52
}
