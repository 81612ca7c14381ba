/// What a publisher sees at once of a message that it sent.
public enum SendOutcome: String, Sendable, BitwiseCopyable {
  /// The broker has it.
  case accepted
  /// Refused at the bound, or sent to what does not exist; a loss is recorded.
  case refused
  /// The broker has it but not its queue: the publisher waits until a receipt tells the end.
  case blocked
  /// The publisher was blocked already: the message was not taken and must be sent again.
  case busy
  /// Put aside until the transaction is committed.
  case staged
}
