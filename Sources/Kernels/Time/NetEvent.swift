/// An event of an EventNet: who took part, and who spoke with whom.
public struct NetEvent: Sendable, Equatable {
  /// Unique in its net; may hold any punctuation.
  public let id: String
  public let partakers: [String]
  /// The partakers of each conversation inside the event.
  public let conversations: [[String]]

  public init(_ id: String, partakers: [String] = [], conversations: [[String]] = []) {
    self.id = id
    self.partakers = partakers
    self.conversations = conversations
  }
}
