/// What a run tells whoever watches it; steps by their labels.
public enum RunEvent: Sendable {
  case started(step: String)
  case progress(step: String, share: Double, note: String)
  /// Another run computes this step; `owner` is its own word about itself.
  case waiting(step: String, owner: String)
  /// A step failed and is tried once more.
  case retrying(step: String, message: String)
  case ended(StepResult)
}
