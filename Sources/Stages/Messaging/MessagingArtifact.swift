import Kernels
public import Pipeline

/// What a broker did to the messages of a simulation.
public enum MessagingArtifact: Artifact {
  static let delivery = Dimension("delivery", "a delivery, in the order of time")
  static let finish = Dimension("finish", "a message that a consumer is done with, likewise")
  static let loss = Dimension("loss", "a message that a queue lost, likewise")
  static let sample = Dimension("sample", "a moment at which messages were counted")
  static let reason = Dimension("reason", "a reason of losses, in the order of loss_reason")

  static let deliveryTime = Column<Double>(
    "delivery_time", delivery, unit: "s", "when it left the broker")
  static let deliveryMessage = Column<Int64>(
    "delivery_message", delivery, unit: "1", "number of the message")
  static let deliveryConsumer = Column<Int32>(
    "delivery_consumer", delivery, unit: "1", "number of the consumer")
  static let deliveryAttempt = Column<Int32>(
    "delivery_attempt", delivery, unit: "1", "1 for the first; more if marked as redelivered")

  static let finishTime = Column<Double>("finish_time", finish, unit: "s", "when it was done")
  static let finishMessage = Column<Int64>(
    "finish_message", finish, unit: "1", "number of the message")
  static let sojourn = Column<Double>(
    "sojourn", finish, unit: "s", "time from being sent to being done")

  static let lossTime = Column<Double>("loss_time", loss, unit: "s", "when it was lost")
  static let lossMessage = Column<Int64>("loss_message", loss, unit: "1", "number of the message")
  static let lossReason = Column<Int8>(
    "loss_reason", loss, flags: LossReason.allCases.map(\.rawValue), "why it was lost")
  static let lossDeliveries = Column<Int32>(
    "loss_deliveries", loss, unit: "1", "how often it had been delivered")
  static let lossFate = Column<Int8>(
    "loss_fate", loss, flags: ["gone", "dead_lettered"], "what became of it")

  static let sampleTime = Column<Double>("sample_time", sample, unit: "s", "when")
  static let sampleWaiting = Column<Int64>(
    "sample_waiting", sample, unit: "1", "messages in queues, dead letters left out")
  static let sampleInHand = Column<Int64>(
    "sample_in_hand", sample, unit: "1", "messages that consumers had and had not acknowledged")
  static let sampleBlocked = Column<Int64>(
    "sample_blocked", sample, unit: "1", "messages outside of full queues")

  static let goneByReason = Column<Int64>(
    "gone_by_reason", reason, unit: "1", "messages that are gone")
  static let deadByReason = Column<Int64>(
    "dead_lettered_by_reason", reason, unit: "1", "messages in the dead-letter queue")

  static let sent = Column<Int64>(
    "sent_count", unit: "1", "messages sent, a copy for each queue counted as one")
  static let acknowledged = Column<Int64>("acknowledged_count", unit: "1", "messages acknowledged")
  static let gone = Column<Int64>("gone_count", unit: "1", "messages that are gone")
  static let dead = Column<Int64>(
    "dead_lettered_count", unit: "1", "messages moved to the dead-letter queue")
  static let remaining = Column<Int64>(
    "remaining_count", unit: "1", "messages left at the end, dead letters left out")
  static let difference = Column<Int64>(
    "conservation_difference", unit: "1", "messages sent less those accounted for")
  static let deliveries = Column<Int64>("delivery_count", unit: "1", "deliveries")
  static let redeliveries = Column<Int64>(
    "redelivery_count", unit: "1", "deliveries after a message's first")
  static let failures = Column<Int64>("failure_count", unit: "1", "failures of consumers")
  static let events = Column<Int64>("events", unit: "1", "events of the simulation")
  static let horizon = Column<Double>("horizon", unit: "s", "when the simulation ended")
  static let sojournMean = Column<Double>("sojourn_mean", unit: "s", "mean sojourn")
  static let sojournP95 = Column<Double>(
    "sojourn_p95", unit: "s", "95 % of sojourns are shorter, within 1 %")
  static let waitingMean = Column<Double>(
    "waiting_mean", unit: "1", "time average of messages in queues, dead letters left out")
  static let waitingMax = Column<Int64>("waiting_max", unit: "1", "largest number of them")
  static let blockedSeconds = Column<Double>(
    "blocked_time", unit: "s", "time that publishers were blocked, added up")

  public static let schema = ArtifactSchema(
    "messaging", "Deliveries, losses and queue lengths of a message broker",
    [
      deliveryTime.entry, deliveryMessage.entry, deliveryConsumer.entry, deliveryAttempt.entry,
      finishTime.entry, finishMessage.entry, sojourn.entry, lossTime.entry, lossMessage.entry,
      lossReason.entry, lossDeliveries.entry, lossFate.entry, sampleTime.entry,
      sampleWaiting.entry, sampleInHand.entry, sampleBlocked.entry, goneByReason.entry,
      deadByReason.entry, sent.entry, acknowledged.entry, gone.entry, dead.entry, remaining.entry,
      difference.entry, deliveries.entry, redeliveries.entry, failures.entry, events.entry,
      horizon.entry, sojournMean.entry, sojournP95.entry, waitingMean.entry, waitingMax.entry,
      blockedSeconds.entry,
    ])
}
