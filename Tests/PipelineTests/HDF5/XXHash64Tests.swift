import Testing

@testable import Pipeline

/// The checksum against values that the specification's own program gives, whole and in pieces.
struct XXHash64Tests {
  private static let known: [(text: String, checksum: UInt64)] = [
    ("", 0xEF46_DB37_51D8_E999),
    ("a", 0xD24E_C4F1_A98C_6E5B),
    ("abc", 0x44BC_2CF5_AD77_0999),
    ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
  ]

  @Test func `equals published values`() {
    for (text, checksum) in Self.known {
      var hash = XXHash64()
      hash.update(text: text)
      #expect(hash.finalize() == checksum, "\(text)")
    }
  }

  @Test func `does not depend on how the bytes are cut`() {
    let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ $0 >> 3) }
    var whole = XXHash64()
    unsafe bytes.withUnsafeBytes { unsafe whole.update($0) }
    for piece in [1, 3, 8, 31, 32, 33, 64, 999] {
      var hash = XXHash64()
      for start in stride(from: 0, to: bytes.count, by: piece) {
        unsafe bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes {
          unsafe hash.update($0)
        }
      }
      #expect(hash.finalize() == whole.finalize(), "pieces of \(piece)")
    }
  }

  @Test func `notices every flipped bit`() {
    var bytes = (0..<77).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    func checksum() -> UInt64 {
      var hash = XXHash64()
      unsafe bytes.withUnsafeBytes { unsafe hash.update($0) }
      return hash.finalize()
    }
    let before = checksum()
    for bit in 0..<8 * bytes.count {
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      #expect(checksum() != before, "bit \(bit)")
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
    }
  }
}
