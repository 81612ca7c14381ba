internal import CNettle

/// A link of a money trail's hash chain: 256 bits, most significant word first.
public struct TrailHash: Sendable, Equatable {
  public let word0: UInt64
  public let word1: UInt64
  public let word2: UInt64
  public let word3: UInt64

  public init(_ word0: UInt64, _ word1: UInt64, _ word2: UInt64, _ word3: UInt64) {
    self.word0 = word0
    self.word1 = word1
    self.word2 = word2
    self.word3 = word3
  }

  /// What stands before the first link: 24 zero bytes and the denomination, which no holder can
  /// then change.
  public init(before denomination: Int64) {
    self.init(0, 0, 0, UInt64(bitPattern: denomination))
  }

  /// The link of one move: `h(i) = SHA-256(h(i-1) | id | seq | from | to | time)`.
  ///
  /// 32 and 16 bytes, then four words of 8 bytes, all big-endian: 80 bytes, two blocks of SHA-256.
  public func next(_ entry: TrailEntry, of id: CoinID) -> TrailHash {
    let message: InlineArray<10, UInt64> = [
      word0.bigEndian, word1.bigEndian, word2.bigEndian, word3.bigEndian,
      id.high.bigEndian, id.low.bigEndian,
      UInt64(entry.seq).bigEndian,
      UInt64(bitPattern: Int64(entry.from)).bigEndian,
      UInt64(bitPattern: Int64(entry.to)).bigEndian,
      UInt64(bitPattern: entry.time).bigEndian,
    ]
    var digest = InlineArray<4, UInt64>(repeating: 0)
    unsafe withUnsafeBytes(of: message) { message in
      unsafe withUnsafeMutableBytes(of: &digest) { digest in
        unsafe kc_sha256(message.baseAddress, message.count, digest.baseAddress)
      }
    }
    return TrailHash(
      digest[0].bigEndian, digest[1].bigEndian, digest[2].bigEndian, digest[3].bigEndian)
  }
}

extension TrailHash: CustomStringConvertible {
  /// 64 hexadecimal digits.
  public var description: String {
    [word0, word1, word2, word3].map(\.hexadecimal).joined()
  }
}
