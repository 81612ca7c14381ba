public import Pipeline

/// What a fresh process says of the step that it computed, one JSON object on a line.
///
/// The process may be of another build: members that it lacks are taken as empty, and quantities
/// that this program does not know are left out.
public struct SampleReport: Sendable, Equatable {
  public var measured: [Quantity: Double] = [:]
  /// Why a quantity was not measured, by its word.
  public var unavailable: [String: String] = [:]
  /// Checksum of what was handed over to each output while it was written.
  public var checksums: [String: UInt64] = [:]
  /// Content digest of each output, of an examined sample.
  public var results: [String: Digest] = [:]
  /// Numbers among the scalars of each output, for metrics; of an examined sample.
  public var scalars: [String: [String: Double]] = [:]
  /// Versions of what computes in that process.
  public var libraries: [String: String] = [:]
  /// Set when the step could not be computed.
  public var failure: String?

  public init(libraries: [String: String] = [:], failure: String? = nil) {
    self.libraries = libraries
    self.failure = failure
  }
}

extension SampleReport: Codable {
  private enum CodingKeys: String, CodingKey {
    case measured, unavailable, checksums, results, scalars, libraries, failure
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func members<T: Decodable>(_ key: CodingKeys) throws -> [String: T] {
      try container.decodeIfPresent([String: T].self, forKey: key) ?? [:]
    }
    let numbers: [String: Double] = try members(.measured)
    for (name, number) in numbers {
      if let quantity = Quantity(rawValue: name) { measured[quantity] = number }
    }
    unavailable = try members(.unavailable)
    checksums = try members(.checksums)
    results = try members(.results)
    scalars = try members(.scalars)
    libraries = try members(.libraries)
    failure = try container.decodeIfPresent(String.self, forKey: .failure)
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    let numbers = measured.map { ($0.key.rawValue, $0.value) }
    try container.encode(Dictionary(uniqueKeysWithValues: numbers), forKey: .measured)
    try container.encode(unavailable, forKey: .unavailable)
    try container.encode(checksums, forKey: .checksums)
    try container.encode(results, forKey: .results)
    try container.encode(scalars, forKey: .scalars)
    try container.encode(libraries, forKey: .libraries)
    try container.encodeIfPresent(failure, forKey: .failure)
  }
}
