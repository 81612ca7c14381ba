/// What a run tells whoever watches it.
public enum RunEvent: Sendable {
  case started(step: String)
  case progress(step: String, share: Double, note: String)
  /// Another run computes this step; `owner` is its own word about itself.
  case waiting(step: String, owner: String)
  case ended(StepResult)
}

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

  public let step: String
  public let status: Status
  public let key: StepKey?
  public let seal: Seal?
  /// Of the execution that made the result, in this run or an earlier one.
  public let resources: StepResources?
  public let failure: StepFailure?

  init(
    _ step: String, _ status: Status, key: StepKey? = nil, seal: Seal? = nil,
    resources: StepResources? = nil, failure: StepFailure? = nil
  ) {
    self.step = step
    self.status = status
    self.key = key
    self.seal = seal
    self.resources = resources
    self.failure = failure
  }
}
