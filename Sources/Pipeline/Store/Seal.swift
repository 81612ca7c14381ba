package import Foundation

/// The small file that makes a folder of the store a result: what was made, from what, and the
/// digests by which damage is noticed.
public struct Seal: Sendable, Equatable, Codable {
  /// A file of the step.
  public struct Output: Sendable, Equatable, Codable {
    public let name: String
    public let file: String
    public let bytes: Int
    /// Of the file as it lies on the disk.
    public let sha256: Digest
    /// Of names, types, shapes and values; what keys of later steps are made from.
    public let contentDigest: Digest
    public let content: ArtifactContent

    package init(
      name: String, file: String, bytes: Int, sha256: Digest, contentDigest: Digest,
      content: ArtifactContent
    ) {
      self.name = name
      self.file = file
      self.bytes = bytes
      self.sha256 = sha256
      self.contentDigest = contentDigest
      self.content = content
    }
  }

  package static let currentFormat = 2

  public let format: Int
  public let key: Digest
  /// The document that the key is the digest of.
  public let keyDocument: Value
  public let outputs: [Output]

  package init(format: Int, key: Digest, keyDocument: Value, outputs: [Output]) {
    self.format = format
    self.key = key
    self.keyDocument = keyDocument
    self.outputs = outputs
  }

  public func output(_ name: String) -> Output? {
    outputs.first { $0.name == name }
  }
}

extension Seal {
  /// What stands before the seal in its file: the digest of the bytes that follow, up to the last.
  private static let head = #"{"sha256":""#
  private static let middle = #"","seal":"#

  /// The file's content: a flipped bit anywhere in it makes the whole unreadable.
  package func file() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    let inner = try encoder.encode(self)
    return Data((Self.head + Digest(of: inner).hex + Self.middle).utf8) + inner + Data("}".utf8)
  }

  /// Nil for anything but the whole content of a seal's file.
  package init?(file data: Data) {
    let start = Self.head.utf8.count + 64 + Self.middle.utf8.count
    guard data.count > start + 1, data.last == UInt8(ascii: "}") else { return nil }
    let inner = Data(data.dropFirst(start).dropLast())
    let expected = Self.head + Digest(of: inner).hex + Self.middle
    guard Data(expected.utf8) == data.prefix(start),
      let seal = try? JSONDecoder().decode(Seal.self, from: inner)
    else { return nil }
    self = seal
  }
}

/// What changes about a result without changing the result: where its files lie and what it took.
struct StoreNotes: Sendable, Equatable, Codable {
  /// By file name, as they were when the files were last known to be sound.
  var statuses: [String: FileStatus]
  var resources: StepResources
}

/// What an execution took.
public struct StepResources: Sendable, Equatable, Codable {
  public var wallSeconds: Double
  public var cpuSeconds: Double
  public var peakBytes: Int
  public var bytesRead: Int
  public var bytesWritten: Int

  package init(
    wallSeconds: Double, cpuSeconds: Double, peakBytes: Int, bytesRead: Int, bytesWritten: Int
  ) {
    self.wallSeconds = wallSeconds
    self.cpuSeconds = cpuSeconds
    self.peakBytes = peakBytes
    self.bytesRead = bytesRead
    self.bytesWritten = bytesWritten
  }

  /// Of a result whose notes are gone.
  static let unknown = StepResources(
    wallSeconds: 0, cpuSeconds: 0, peakBytes: 0, bytesRead: 0, bytesWritten: 0)

  enum CodingKeys: String, CodingKey {
    case wallSeconds = "wall_s"
    case cpuSeconds = "cpu_s"
    case peakBytes = "peak_bytes"
    case bytesRead = "bytes_read"
    case bytesWritten = "bytes_written"
  }
}
