import Kernels
import Pipeline

/// The quality of service of each node, from what was observed of it (requirement N10).
///
///     Q = cautious success rate x min(1, objective / p95 latency) x clip(value / price, 0, 1)
///
/// A success is a reply in time. A latency is taken relative to the objective of its service type,
/// which is a quantile of all the cloud's latencies for that type. The value of a reply is its
/// quality times the quoted price, the price is what was charged; what a friend is given beyond the
/// order makes up for nobody else's loss. A node without dealings has the prior's 0.05.
struct ServiceQuality {
  /// Q of each node, from 0 to 1.
  let scores: [Double]

  init(_ events: ArtifactReader, _ dealings: Dealings, objectiveQuantile: Double) throws {
    let log = try ReplyLog(events)
    let objectives = log.objectives(quantile: objectiveQuantile)
    scores = (0..<dealings.nodeCount).map { node in
      Self.score(dealings.messages(of: node), log, objectives)
    }
  }

  private static func score(
    _ messages: ArraySlice<Int>, _ log: ReplyLog, _ objectives: [Double]
  ) -> Double {
    let inTime = messages.count { log.isInTime($0) }
    let replies = messages.filter { log.isAnswered($0) }
    let latencies = replies.map { log.latencySeconds[$0] / objectives[log.type($0)] }
    let record = QualityOfService(
      successes: Double(inTime), failures: Double(messages.count - inTime))
    return record.score(
      latencySeconds95: Quantiles(latencies)?.value(at: 0.95) ?? 0, objectiveSeconds: 1,
      value: replies.reduce(0) { $0 + log.value[$1] },
      price: replies.reduce(0) { $0 + log.price[$1] })
  }
}
