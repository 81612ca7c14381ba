/// Which lost messages go to the dead-letter queue, where one is declared.
public enum DeadLetterScope: String, CaseIterable, Sendable, BitwiseCopyable {
  /// Persistent ones; others are dropped (ActiveMQ: `processNonPersistent="false"`).
  case persistent
  /// All (RabbitMQ).
  case all
}
