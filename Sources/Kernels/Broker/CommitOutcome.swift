/// How a commit ended.
public enum CommitOutcome: String, Sendable, BitwiseCopyable {
  /// All sends and acknowledgements were done; refused sends are recorded as losses.
  case committed
  /// The same, but the publisher waits for room.
  case blocked
  /// An acknowledgement no longer applies (its message came back), so nothing was done.
  case aborted
  /// The publisher waits for room already; the transaction stays open.
  case busy
}
