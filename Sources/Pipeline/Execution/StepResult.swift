/// What became of a step.
public struct StepResult: Sendable {
  public enum Status: String, Sendable, Codable {
    /// Computed in this run.
    case executed
    /// The store had it; the run folder was given it.
    case restored
    /// The store and the run folder had it.
    case cached
    case failed
    /// Not tried, because an input failed or the run ended before.
    case skipped
  }

  /// The step's name with its coordinates.
  public let label: String
  public let status: Status
  public let key: Digest?
  public let known: KnownResult?
  public let failure: StepFailure?

  init(
    _ label: String, _ status: Status, key: Digest? = nil, known: KnownResult? = nil,
    failure: StepFailure? = nil
  ) {
    self.label = label
    self.status = status
    self.key = key
    self.known = known
    self.failure = failure
  }

  /// Of the execution that made the result, in this run or an earlier one.
  public var resources: StepResources? { known?.resources }
}

/// A sound result of the store, as far as a run needs to know it.
public struct KnownResult: Sendable {
  public struct Output: Sendable {
    public let name: String
    /// In the result's folder of the store.
    public let file: String
    public let bytes: Int
    public let sha256: Digest
    public let contentDigest: Digest
    /// Of the store's file, as it was when it was last known to be sound.
    let status: FileStatus
    /// The numbers among its scalars, for metrics.
    let scalars: [(name: String, value: Double)]
    /// Its entry in run records.
    let datasets: JSONText

    func scalar(_ name: String) -> Double? { scalars.first { $0.name == name }?.value }
  }

  public let key: Digest
  public let outputs: [Output]
  /// Of the file that makes a folder of the store a result.
  let sealStatus: FileStatus?
  public let resources: StepResources

  public func output(_ name: String) -> Output? {
    outputs.first { $0.name == name }
  }
}

/// A piece of JSON that is passed on as it is.
struct JSONText: Sendable, Equatable {
  let utf8: ArraySlice<UInt8>
}

extension KnownResult {
  init(_ entry: ArtifactStore.Entry, sealStatus: FileStatus? = nil) {
    key = entry.seal.key
    self.sealStatus = sealStatus
    resources = entry.resources
    outputs = entry.seal.outputs.map { output in
      let numbers = output.content.scalars.compactMap { name, value in
        value.number.map { (name: name, value: $0) }
      }
      return Output(
        name: output.name, file: output.file, bytes: output.bytes, sha256: output.sha256,
        contentDigest: output.contentDigest, status: entry.statuses[output.file] ?? .absent,
        scalars: numbers.sorted { $0.name < $1.name },
        datasets: JSONText(output.content.datasets))
    }
  }
}

extension JSONText {
  init(_ datasets: [DatasetDigest]) {
    let list = datasets.map { set in
      Value.object([
        "name": .string(set.name), "type": .string(set.type.rawValue),
        "shape": .list(set.shape.map { .int(Int64($0)) }), "values": .string(set.values.hex),
      ])
    }
    utf8 = Array(Value.list(list).canonicalJSON.utf8)[...]
  }
}
