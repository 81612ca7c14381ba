/// A random permutation of 0 ..< count that needs no memory: each image is computed when asked for.
///
/// A Feistel network over the next larger even number of bits, with cycle walking for the rest
/// (Black and Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002). Expected cost: below
/// four rounds of the network per image.
public struct Permutation: Sendable {
  private let count: Int
  private let stream: RandomStream
  private let halfBits: UInt64

  public init(count: Int, stream: RandomStream) {
    precondition(count > 0, "a permutation of nothing")
    self.count = count
    self.stream = stream
    let bits = max(2, Int.bitWidth - (count - 1).leadingZeroBitCount)
    halfBits = UInt64((bits + 1) / 2)
  }

  /// Where `i` goes; a bijection of 0 ..< count.
  public func image(of i: Int) -> Int {
    precondition((0..<count).contains(i), "\(i) is outside the permutation")
    var x = UInt64(i)
    repeat { x = encrypt(x) } while x >= UInt64(count)
    return Int(x)
  }

  private func encrypt(_ x: UInt64) -> UInt64 {
    let mask = (UInt64(1) << halfBits) - 1
    var left = x >> halfBits
    var right = x & mask
    for round in 0..<4 as Range<UInt64> {
      let scrambled = stream.block(right, purpose: (1 << 40) + round).word0 & mask
      (left, right) = (right, left ^ scrambled)
    }
    return left << halfBits | right
  }
}
