internal import Crypto
public import Foundation

/// A SHA-256 digest in hexadecimal digits.
public struct Digest: Sendable, Hashable, Codable, CustomStringConvertible {
  public let hex: String
  public var description: String { hex }
  /// Enough of it to tell two apart on a screen.
  public var short: String { String(hex.prefix(12)) }

  public init(hex: String) { self.hex = hex }

  public init(from decoder: any Decoder) throws {
    hex = try decoder.singleValueContainer().decode(String.self)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(hex)
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

  /// The first 64 bits, for seeds.
  public var word: UInt64 { UInt64(hex.prefix(16), radix: 16) ?? 0 }
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
    let digits: StaticString = "0123456789abcdef"
    var hex: [UInt8] = []
    hex.reserveCapacity(64)
    for byte in sha.finalize() {
      unsafe hex.append(digits.utf8Start[Int(byte >> 4)])
      unsafe hex.append(digits.utf8Start[Int(byte & 15)])
    }
    return Digest(hex: String(decoding: hex, as: UTF8.self))
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

/// What is known of an artifact once it is written or read through.
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
