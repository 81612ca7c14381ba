import Kernels
import Pipeline

extension Traffic {
  func write(_ records: MessageRecords, to artifact: ArtifactWriter) throws {
    typealias A = TrafficArtifact
    try artifact.append(A.idHigh, records.idHigh)
    try artifact.append(A.idLow, records.idLow)
    try artifact.append(A.client, records.client)
    try artifact.append(A.node, records.node)
    try artifact.append(A.service, records.service)
    try artifact.append(A.route, records.route)
    try artifact.append(A.sent, records.sent)
    try artifact.append(A.queued, records.queued)
    try artifact.append(A.started, records.started)
    try artifact.append(A.served, records.served)
    try artifact.append(A.replied, records.replied)
    try artifact.append(A.quoted, records.quoted)
    try artifact.append(A.charged, records.charged)
    try artifact.append(A.quality, records.quality)
    try artifact.append(A.outcome, records.outcome)
  }

  func write(_ filed: MessageReports, to artifact: ArtifactWriter) throws {
    typealias A = TrafficArtifact
    try artifact.write(A.reportTime, filed.reports.map(\.time))
    try artifact.write(A.reportMessage, filed.reports.map(\.message))
    try artifact.write(A.reportClient, filed.reports.map(\.client))
    try artifact.write(A.reportNode, filed.reports.map(\.node))
    try artifact.write(A.reportReason, filed.reports.map(\.reason))
    try artifact.write(A.suggestionTime, filed.suggestions.map(\.time))
    try artifact.write(A.suggestionClient, filed.suggestions.map(\.client))
  }

  func write(
    _ summary: ReplaySummary, _ filed: MessageReports, _ cloud: Cloud, to artifact: ArtifactWriter,
    isEmpty: Bool
  ) throws {
    typealias A = TrafficArtifact
    if isEmpty { try write(MessageRecords(), to: artifact) }
    try artifact.write(A.nodeCount, cloud.nodeCount)
    try artifact.write(A.clientCount, cloud.clientCount)
    try artifact.write(A.messageCount, summary.messages)
    try artifact.write(A.servedCount, summary.replies)
    try artifact.write(A.reportCount, filed.reports.count)
    try artifact.write(A.suggestionCount, filed.suggestions.count)
    try artifact.write(A.waitMean, summary.waits.mean)
    try artifact.write(A.sojournMean, summary.sojourns.mean)
    let routes = summary.routeSojourns.map { $0.count > 0 ? $0.mean : .nan }
    try artifact.write(A.cpuPoolSojourn, routes[0])
    try artifact.write(A.memoryPoolSojourn, routes[1])
    try artifact.write(A.directSojourn, routes[2])
    try artifact.write(A.epoch, parameters.epoch)
    try artifact.write(A.inSystemMean, summary.inSystemMean)
    try artifact.write(A.utilisation, summary.utilisation)
    try artifact.write(A.horizon, summary.horizon)
    try artifact.write(A.events, summary.events)
  }
}
