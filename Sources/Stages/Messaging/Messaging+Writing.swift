import Kernels
import Pipeline

extension Messaging {
  func write(_ records: MessagingRecords, to artifact: ArtifactWriter) throws {
    typealias A = MessagingArtifact
    try artifact.append(A.deliveryTime, records.deliveries.map(\.time))
    try artifact.append(A.deliveryMessage, records.deliveries.map { Int64($0.message) })
    try artifact.append(A.deliveryConsumer, records.deliveryConsumers)
    try artifact.append(A.deliveryAttempt, records.deliveries.map { Int32($0.attempt) })
    try artifact.append(A.finishTime, records.finishedTimes)
    try artifact.append(A.finishMessage, records.finishedMessages)
    try artifact.append(A.sojourn, records.sojourns)
    try artifact.append(A.lossTime, records.losses.map(\.time))
    try artifact.append(A.lossMessage, records.losses.map { Int64($0.message) })
    try artifact.append(A.lossReason, records.losses.map { Int8($0.reason.code) })
    try artifact.append(A.lossDeliveries, records.losses.map { Int32($0.deliveries) })
    try artifact.append(A.lossFate, records.losses.map { $0.deadLetterQueue == nil ? 0 : 1 })
  }

  func write(_ summary: MessagingSummary, to artifact: ArtifactWriter) throws {
    typealias A = MessagingArtifact
    let census = summary.census
    let dead = census.deadLettered.reduce(0, +)
    let gone = census.gone.reduce(0, +)
    try artifact.write(A.sampleTime, summary.samples.times)
    try artifact.write(A.sampleWaiting, summary.samples.waiting)
    try artifact.write(A.sampleInHand, summary.samples.inHand)
    try artifact.write(A.sampleBlocked, summary.samples.blocked)
    try artifact.write(A.goneByReason, census.gone.map(Int64.init))
    try artifact.write(A.deadByReason, census.deadLettered.map(Int64.init))
    try artifact.write(A.sent, census.sent)
    try artifact.write(A.acknowledged, census.acknowledged)
    try artifact.write(A.gone, gone)
    try artifact.write(A.dead, dead)
    try artifact.write(A.remaining, census.inFlight - dead)
    try artifact.write(A.difference, census.sent - census.acknowledged - gone - census.inFlight)
    try artifact.write(A.deliveries, census.deliveries)
    try artifact.write(A.redeliveries, census.redeliveries)
    try artifact.write(A.failures, summary.failures)
    try artifact.write(A.events, summary.events)
    try artifact.write(A.horizon, summary.horizon)
    try artifact.write(A.sojournMean, summary.sojourns.mean)
    try artifact.write(A.sojournP95, summary.sojournQuantiles.value(at: 0.95) ?? 0)
    try artifact.write(A.waitingMean, summary.waitingMean)
    try artifact.write(A.waitingMax, summary.waitingMax)
    try artifact.write(A.blockedSeconds, summary.blockedSeconds)
  }
}
