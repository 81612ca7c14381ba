/// Appends numbers and texts to bytes, little-endian, with lengths before what varies.
struct ByteWriter {
  var bytes: [UInt8] = []

  mutating func write(_ word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }

  mutating func write(_ number: Int) { write(UInt64(bitPattern: Int64(number))) }

  mutating func write(_ number: Double) { write(number.bitPattern) }

  mutating func write(_ blob: ArraySlice<UInt8>) {
    write(blob.count)
    bytes += blob
  }

  mutating func write(_ text: String) { write(Array(text.utf8)[...]) }

  mutating func write(_ digest: Digest) {
    for word in [digest.words.0, digest.words.1, digest.words.2, digest.words.3] { write(word) }
  }

  mutating func write(_ status: FileStatus) {
    write(status.bytes)
    write(Int(status.modified))
    write(Int(status.changed))
    write(status.inode)
    write(status.device)
    write(status.isFolder ? 1 : 0)
  }
}

/// Reads back what a `ByteWriter` wrote; the bytes are known to be whole.
struct ByteReader {
  private let bytes: [UInt8]
  private var position: Int

  init(_ bytes: [UInt8], at position: Int) {
    self.bytes = bytes
    self.position = position
  }

  mutating func word() -> UInt64 {
    var word: UInt64 = 0
    for i in 0..<8 { word |= UInt64(bytes[position + i]) << UInt64(8 * i) }
    position += 8
    return word
  }

  mutating func count() -> Int { Int(Int64(bitPattern: word())) }

  mutating func real() -> Double { Double(bitPattern: word()) }

  mutating func blob() -> ArraySlice<UInt8> {
    let length = count()
    defer { position += length }
    return bytes[position..<position + length]
  }

  mutating func text() -> String { String(decoding: blob(), as: UTF8.self) }

  mutating func digest() -> Digest { Digest(words: (word(), word(), word(), word())) }

  mutating func status() -> FileStatus {
    FileStatus(
      bytes: count(), modified: Int64(count()), changed: Int64(count()), inode: word(),
      device: word(), isFolder: count() == 1)
  }
}
