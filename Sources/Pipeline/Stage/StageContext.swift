/// What a stage may know about the run that it is part of: no clock, no path, no host.
public struct StageContext: Sendable {
  /// The root of every random stream of this step.
  public let seed: UInt64
  /// How many threads it may use; outputs never depend on it.
  public let threads: Int
  /// Where the words of a program that is run as a stage are kept; no part of any result.
  package let outputLog: String
  private let report: @Sendable (Double, String) -> Void

  public init(
    seed: UInt64, threads: Int = 1, outputLog: String = "",
    progress: @escaping @Sendable (Double, String) -> Void = { _, _ in }
  ) {
    self.seed = seed
    self.threads = threads
    self.outputLog = outputLog
    self.report = progress
  }

  /// Tells how far the step is, as a share of its work, and ends it if the run was cancelled.
  ///
  /// Call it between chunks, some ten times a second at most.
  public func progress(_ share: Double, _ note: String = "") throws(CancellationError) {
    if Task.isCancelled { throw CancellationError() }
    report(share, note)
  }
}

/// An input that cannot be used: a damaged file, a foreign format, numbers without sense.
public struct DataError: Error, Equatable, Sendable {
  /// The base name of the file, or the variable.
  public let subject: String
  /// Where in it: `line 7`, `byte 256`; empty for the whole.
  public let place: String
  public let expected: String
  public let found: String

  public init(_ subject: String, at place: String = "", expected: String, found: String) {
    self.subject = subject
    self.place = place
    self.expected = expected
    self.found = found
  }
}

extension DataError: CustomStringConvertible {
  public var description: String {
    subject + (place.isEmpty ? "" : ", \(place)") + ": expected \(expected), found \(found)"
  }
}
