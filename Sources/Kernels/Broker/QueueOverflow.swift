/// What becomes of a message that finds its queue full.
public enum QueueOverflow: String, CaseIterable, Sendable, BitwiseCopyable {
  /// It waits outside, and its publisher with it, until there is room.
  case block
  /// It is refused (RabbitMQ: `reject-publish`).
  case dropNew = "drop_new"
  /// It is taken, and the one that would be delivered next is dropped for it (RabbitMQ: `drop-head`;
  /// in a queue with priorities that is one of the highest, as RabbitMQ's manual warns).
  case dropOld = "drop_old"
}
