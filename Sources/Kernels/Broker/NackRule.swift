/// What a negative acknowledgement does.
public enum NackRule: String, CaseIterable, Sendable, BitwiseCopyable {
  /// It rejects the message, whatever the frame asks (ActiveMQ).
  case rejects
  /// It puts the message back, unless the frame says `requeue:false` (RabbitMQ).
  case requeues
}
