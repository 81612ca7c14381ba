public import Pipeline

/// What was seen of the traffic: a record per message, the problem reports and the suggestions.
///
/// Nothing in it tells who is corrupt; a client sees what it was quoted, charged and given.
public enum TrafficArtifact: Artifact {
  static let message = Dimension("message", "a service request, in the order of sending")
  static let report = Dimension("report", "a problem report, in the order of time")
  static let suggestion = Dimension("suggestion", "a suggestion waiting for manual review")

  static let idHigh = Column<UInt64>(
    "message_id_high", message, unit: "1", "first 64 bits of the UUIDv7 (RFC 9562)")
  static let idLow = Column<UInt64>(
    "message_id_low", message, unit: "1", "last 64 bits of the UUIDv7; the reply bears the same id")
  static let client = Column<Int32>(
    "message_client", message, unit: "1", "number of the client; -1 where a log names none")
  static let node = Column<Int32>(
    "message_node", message, unit: "1", "number of the node that was asked; -1 for none")
  static let service = Column<Int32>("message_service", message, unit: "1", "number of the type")
  static let route = Column<Int8>(
    "message_route", message, flags: Route.allCases.map(\.rawValue), "path into the queue")
  static let sent = Column<Double>("sent_time", message, unit: "s", "when the client sent it")
  static let queued = Column<Double>(
    "queued_time", message, unit: "s", "when it reached the node's queue")
  static let started = Column<Double>(
    "started_time", message, unit: "s", "when its service began; NaN if it never did")
  static let served = Column<Double>(
    "served_time", message, unit: "s", "when its service ended; NaN if it never did")
  static let replied = Column<Double>(
    "replied_time", message, unit: "s", "when the client had taken the reply from its queue")
  static let quoted = Column<Int64>("price_quoted", message, unit: "coin", "price asked beforehand")
  static let charged = Column<Int64>(
    "price_charged", message, unit: "coin", "price charged; 0 without a reply")
  static let quality = Column<Double>(
    "quality", message, unit: "1", "share of the ordered quality that the reply had")
  static let outcome = Column<Int8>(
    "outcome", message, flags: Outcome.allCases.map(\.rawValue), "how the exchange ended")

  static let reportTime = Column<Double>("report_time", report, unit: "s", "when it was filed")
  static let reportMessage = Column<Int64>(
    "report_message", report, unit: "1", "number of the message that it is about")
  static let reportClient = Column<Int32>(
    "report_client", report, unit: "1", "number of the complaining client")
  static let reportNode = Column<Int32>(
    "report_node", report, unit: "1", "number of the accused node")
  static let reportReason = Column<Int8>(
    "report_reason", report, flags: Complaint.allCases.map(\.rawValue), "what is complained of")

  static let suggestionTime = Column<Double>(
    "suggestion_time", suggestion, unit: "s", "when it was sent")
  static let suggestionClient = Column<Int32>(
    "suggestion_client", suggestion, unit: "1", "number of the client")

  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let clientCount = Column<Int64>("client_count", unit: "1", "number of clients")
  static let messageCount = Column<Int64>("message_count", unit: "1", "number of requests")
  static let servedCount = Column<Int64>("served_count", unit: "1", "requests that were replied to")
  static let reportCount = Column<Int64>("report_count", unit: "1", "number of problem reports")
  static let suggestionCount = Column<Int64>("suggestion_count", unit: "1", "number of suggestions")
  static let waitMean = Column<Double>("wait_mean", unit: "s", "mean wait in the node's queue")
  static let sojournMean = Column<Double>(
    "sojourn_mean", unit: "s", "mean time from sending to having the reply")
  static let cpuPoolSojourn = Column<Double>(
    "cpu_pool_sojourn_mean", unit: "s", "the same through the CPU pool; NaN without such replies")
  static let memoryPoolSojourn = Column<Double>(
    "memory_pool_sojourn_mean", unit: "s", "the same through the memory pool, likewise")
  static let directSojourn = Column<Double>(
    "direct_sojourn_mean", unit: "s", "the same straight into the queue, likewise")
  static let epoch = Column<Int64>(
    "epoch", unit: "s", "time 0 of the replay, in seconds since 1970 (UTC)")
  static let inSystemMean = Column<Double>(
    "number_in_system_mean", unit: "1", "time average of requests under way")
  static let utilisation = Column<Double>(
    "utilisation", unit: "1", "busy share of all servers of all nodes")
  static let horizon = Column<Double>("horizon", unit: "s", "when the last reply was taken")
  static let events = Column<Int64>("events", unit: "1", "events of the simulation")

  public static let schema = ArtifactSchema(
    "traffic", "Requests, replies and problem reports of a replay",
    [
      idHigh.entry, idLow.entry, client.entry, node.entry, service.entry, route.entry, sent.entry,
      queued.entry, started.entry, served.entry, replied.entry, quoted.entry, charged.entry,
      quality.entry, outcome.entry, reportTime.entry, reportMessage.entry, reportClient.entry,
      reportNode.entry, reportReason.entry, suggestionTime.entry, suggestionClient.entry,
      nodeCount.entry, clientCount.entry, messageCount.entry, servedCount.entry,
      reportCount.entry, suggestionCount.entry, waitMean.entry, sojournMean.entry,
      cpuPoolSojourn.entry, memoryPoolSojourn.entry, directSojourn.entry, inSystemMean.entry,
      utilisation.entry, horizon.entry, events.entry, epoch.entry,
    ])
}

/// The three paths into a queue (requirement N24c).
public enum Route: String, CaseIterable, Sendable {
  case cpuPool = "cpu_pool"
  case memoryPool = "memory_pool"
  case direct
}

/// How an exchange ended.
public enum Outcome: String, CaseIterable, Sendable {
  case served
  /// Replied to after its deadline.
  case late
  /// Never replied to: the node claimed a failure.
  case unanswered
}

/// What a client complains of (requirement N8).
public enum Complaint: String, CaseIterable, Sendable {
  case overcharged
  case poorQuality = "poor_quality"
  case late
  case noReply = "no_reply"
}
