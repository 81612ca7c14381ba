/// Which messages a consumer or a subscription wants (requirement N4: by type).
public enum MessageSelector: Sendable, Hashable, BitwiseCopyable {
  case all
  case type(UInt16)

  /// Whether it wants messages of `type`.
  public func admits(_ type: UInt16) -> Bool {
    switch self {
    case .all: true
    case .type(let wanted): wanted == type
    }
  }
}
