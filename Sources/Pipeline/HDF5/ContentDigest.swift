internal import Crypto
public import Foundation

/// A SHA-256 digest.
public struct Digest: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Big-endian words.
  let words: (UInt64, UInt64, UInt64, UInt64)

  init(words: (UInt64, UInt64, UInt64, UInt64)) { self.words = words }

  /// From 64 hexadecimal digits; nil for anything else.
  public init?(hex: some StringProtocol) {
    let digits = Array(hex.utf8)
    guard digits.count == 64 else { return nil }
    var words: [UInt64] = []
    for start in stride(from: 0, to: 64, by: 16) {
      var word: UInt64 = 0
      for digit in digits[start..<start + 16] {
        guard let value = Self.value(ofDigit: digit) else { return nil }
        word = word << 4 | value
      }
      words.append(word)
    }
    self.words = (words[0], words[1], words[2], words[3])
  }

  private static func value(ofDigit digit: UInt8) -> UInt64? {
    switch digit {
    case 0x30...0x39: UInt64(digit - 0x30)
    case 0x61...0x66: UInt64(digit - 0x61 + 10)
    default: nil
    }
  }

  /// The digest of a text's UTF-8 bytes.
  public init(of text: String) {
    var hasher = DigestHasher()
    hasher.update(text: text)
    self = hasher.finalize()
  }

  public init(of bytes: Data) {
    var hasher = DigestHasher()
    hasher.update(bytes)
    self = hasher.finalize()
  }

  public static func == (a: Digest, b: Digest) -> Bool { a.words == b.words }

  public func hash(into hasher: inout Hasher) { hasher.combine(words.0) }

  /// 64 hexadecimal digits.
  public var hex: String {
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for word in [words.0, words.1, words.2, words.3] {
      for shift in stride(from: 60, through: 0, by: -4) {
        let digit = UInt8(word >> UInt64(shift) & 15)
        text.append(digit < 10 ? 0x30 + digit : 0x61 - 10 + digit)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }

  public var description: String { hex }
  /// Enough of it to tell two apart on a screen.
  public var short: String { String(hex.prefix(12)) }
  /// The first 64 bits, for seeds.
  public var word: UInt64 { words.0 }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let digest = Digest(hex: try container.decode(String.self)) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a SHA-256")
    }
    self = digest
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
  }
}

/// SHA-256 fed piece by piece.
public struct DigestHasher: Sendable {
  private var sha = SHA256()

  public init() {}

  public mutating func update(_ bytes: Data) { sha.update(data: bytes) }

  public mutating func update(text: String) { sha.update(data: Data(text.utf8)) }

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    unsafe sha.update(bufferPointer: bytes)
  }

  public func finalize() -> Digest {
    var words: [UInt64] = [0, 0, 0, 0]
    for (i, byte) in sha.finalize().enumerated() { words[i / 8] = words[i / 8] << 8 | UInt64(byte) }
    return Digest(words: (words[0], words[1], words[2], words[3]))
  }
}

/// What a dataset holds, by name, type, shape and decoded values.
///
/// It is the same whatever the compression library made of the bytes in the file.
public struct DatasetDigest: Sendable, Equatable, Codable {
  public let name: String
  public let type: ElementType
  public let shape: [Int]
  /// SHA-256 of the values, little-endian and row-major; texts with their lengths before them.
  public let values: Digest
}

/// What a dataset must hold when it is read back: the checksum of its values, little-endian and
/// row-major; of texts with their lengths before them.
struct DatasetChecksum: Sendable, Equatable {
  let name: String
  let shape: [Int]
  let values: UInt64

  /// One checksum over names, shapes and values of all datasets, in their order.
  static func combined(_ datasets: [DatasetChecksum]) -> UInt64 {
    var checksum = XXHash64()
    for set in datasets { checksum.update(text: "\(set.name) \(set.shape) \(set.values)\n") }
    return checksum.finalize()
  }
}

/// What is known of an artifact once it is read through.
public struct ArtifactContent: Sendable, Equatable, Codable {
  public let datasets: [DatasetDigest]
  /// The values of scalar variables, from which metrics are taken without opening the file.
  public let scalars: [String: Value]

  package init(datasets: [DatasetDigest], scalars: [String: Value]) {
    self.datasets = datasets
    self.scalars = scalars
  }

  /// One digest over names, types, shapes and values of all datasets, in their order.
  public var digest: Digest {
    var hasher = DigestHasher()
    for set in datasets {
      let shape = set.shape.map(String.init).joined(separator: "x")
      hasher.update(text: "\(set.name) \(set.type.rawValue) \(shape) \(set.values.hex)\n")
    }
    return hasher.finalize()
  }
}
