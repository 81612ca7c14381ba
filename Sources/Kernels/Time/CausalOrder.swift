/// How two events stand to each other.
public enum CausalOrder: String, CaseIterable, Sendable, BitwiseCopyable {
  /// The first happened before the second.
  case before
  /// The second happened before the first.
  case after
  /// They are one event.
  case same
  /// Neither could have caused the other.
  case concurrent
}
