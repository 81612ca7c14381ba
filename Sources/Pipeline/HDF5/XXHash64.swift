/// The 64-bit checksum XXH64 with seed 0, fed piece by piece.
///
/// Source: Collet, "xxHash fast digest algorithm", specification 0.2.0. It tells whether the disk holds what was written, at many times the speed of SHA-256; it is no
/// protection against intent, and never part of a key or a seal.
struct XXHash64 {
  private static let prime1: UInt64 = 0x9E37_79B1_85EB_CA87
  private static let prime2: UInt64 = 0xC2B2_AE3D_27D4_EB4F
  private static let prime3: UInt64 = 0x1656_67B1_9E37_79F9
  private static let prime4: UInt64 = 0x85EB_CA77_C2B2_AE63
  private static let prime5: UInt64 = 0x27D4_EB2F_1656_67C5
  private static let stripeBytes = 32

  /// One for each of the four words of a stripe.
  private var lanes: SIMD4<UInt64> = [prime1 &+ prime2, prime2, 0, 0 &- prime1]
  /// Bytes that do not fill a stripe yet.
  private var rest: [UInt8] = []
  private var count: UInt64 = 0

  init() { rest.reserveCapacity(Self.stripeBytes) }

  mutating func update(text: String) {
    var text = text
    text.withUTF8 { unsafe update(UnsafeRawBufferPointer($0)) }
  }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    count &+= UInt64(bytes.count)
    var start = 0
    if !rest.isEmpty {
      start = min(Self.stripeBytes - rest.count, bytes.count)
      unsafe rest.append(contentsOf: bytes[..<start])
      guard rest.count == Self.stripeBytes else { return }
      lanes = unsafe rest.withUnsafeBytes { unsafe Self.mix($0, into: lanes) }
      rest.removeAll(keepingCapacity: true)
    }
    let whole = start + (bytes.count - start) / Self.stripeBytes * Self.stripeBytes
    unsafe lanes = Self.mix(UnsafeRawBufferPointer(rebasing: bytes[start..<whole]), into: lanes)
    unsafe rest.append(contentsOf: bytes[whole...])
  }

  /// Mixes whole stripes into the lanes.
  private static func mix(
    _ bytes: UnsafeRawBufferPointer, into lanes: SIMD4<UInt64>
  ) -> SIMD4<UInt64> {
    var (a, b, c, d) = (lanes[0], lanes[1], lanes[2], lanes[3])
    for offset in stride(from: 0, to: bytes.count, by: stripeBytes) {
      a = unsafe round(a, word(bytes, offset))
      b = unsafe round(b, word(bytes, offset + 8))
      c = unsafe round(c, word(bytes, offset + 16))
      d = unsafe round(d, word(bytes, offset + 24))
    }
    return [a, b, c, d]
  }

  private static func word(_ bytes: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  private static func round(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    rotate(lane &+ word &* prime2, 31) &* prime1
  }

  private static func rotate(_ word: UInt64, _ bits: UInt64) -> UInt64 {
    word << bits | word >> (64 - bits)
  }

  /// The checksum of everything so far.
  func finalize() -> UInt64 {
    let (prime1, prime2, prime3, prime4) = (Self.prime1, Self.prime2, Self.prime3, Self.prime4)
    var hash = Self.prime5
    if count >= UInt64(Self.stripeBytes) {
      hash = Self.rotate(lanes[0], 1) &+ Self.rotate(lanes[1], 7)
      hash = hash &+ Self.rotate(lanes[2], 12) &+ Self.rotate(lanes[3], 18)
      for i in 0..<4 { hash = (hash ^ Self.round(0, lanes[i])) &* prime1 &+ prime4 }
    }
    hash = hash &+ count
    unsafe rest.withUnsafeBytes { bytes in
      var offset = 0
      while offset + 8 <= bytes.count {
        hash ^= unsafe Self.round(0, Self.word(bytes, offset))
        hash = Self.rotate(hash, 27) &* prime1 &+ prime4
        offset += 8
      }
      if offset + 4 <= bytes.count {
        let half = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
        hash ^= UInt64(UInt32(littleEndian: half)) &* prime1
        hash = Self.rotate(hash, 23) &* prime2 &+ prime3
        offset += 4
      }
      for i in offset..<bytes.count {
        hash ^= unsafe UInt64(bytes[i]) &* Self.prime5
        hash = Self.rotate(hash, 11) &* prime1
      }
    }
    hash = (hash ^ hash >> 33) &* prime2
    hash = (hash ^ hash >> 29) &* prime3
    return hash ^ hash >> 32
  }
}
