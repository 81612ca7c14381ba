import Kernels
import Pipeline

extension Queueing {
  static let orders = (1...99).map { Double($0) / 100 } + [0.995, 0.999]

  /// `classes`: the class of each source; empty for the messages of a closed network.
  static func writeRecords(
    _ records: VisitRecords, _ classes: [Int], to artifact: ArtifactWriter
  ) throws {
    typealias A = QueueingArtifact
    try artifact.append(
      A.visitClass,
      records.source.map { Int32(classes.isEmpty ? 0 : classes[Int($0)]) })
    try artifact.append(A.visitNumber, records.number)
    try artifact.append(A.visitStation, records.station)
    try artifact.append(A.visitQueued, records.queued)
    try artifact.append(A.visitStarted, records.started)
    try artifact.append(A.visitEnded, records.ended)
    try artifact.append(A.visitEnd, records.end)
  }

  func write(_ runs: [Outcome], _ model: QueueingModel, to artifact: ArtifactWriter) throws {
    try writeRuns(runs.map(\.summary), to: artifact)
    try writeStations(runs.map(\.summary), to: artifact)
    try writeClasses(runs.map(\.summary), names: model.classNames, to: artifact)
    try writeLaws(runs.map(\.detail), model.theory, to: artifact)
    try writeTotals(runs.map(\.summary), model.theory, to: artifact)
    try writeEnds(runs.map(\.summary), to: artifact)
  }

  private func writeClasses(
    _ runs: [NetworkSummary], names: [String], to artifact: ArtifactWriter
  ) throws {
    typealias A = QueueingArtifact
    /// Over all visits of all runs, each run by its visits.
    func mean(_ value: (NetworkSummary.MessageClass) -> Double) -> [Double] {
      names.indices.map { i in
        let visits = runs.reduce(0) { $0 + Double($1.classes[i].visits) }
        let sum = runs.reduce(0) { $0 + value($1.classes[i]) * Double($1.classes[i].visits) }
        return visits > 0 ? sum / visits : .nan
      }
    }
    func sum(_ value: (NetworkSummary.MessageClass) -> Int) -> [Int64] {
      names.indices.map { i in Int64(runs.reduce(0) { $0 + value($1.classes[i]) }) }
    }
    try artifact.write(A.className, names)
    try artifact.write(A.classVisits, sum(\.visits))
    try artifact.write(A.classWait, mean(\.waitMean))
    try artifact.write(A.classSojourn, mean(\.sojournMean))
    try artifact.write(A.classLate, sum(\.late))
  }

  private func writeEnds(_ runs: [NetworkSummary], to artifact: ArtifactWriter) throws {
    typealias A = QueueingArtifact
    func sum(_ value: (NetworkSummary) -> Int) -> Int { runs.reduce(0) { $0 + value($1) } }
    try artifact.write(A.blocked, sum(\.blocked))
    try artifact.write(A.balked, sum(\.balked))
    try artifact.write(A.reneged, sum(\.reneged))
    try artifact.write(A.late, sum(\.late))
    try artifact.write(A.inTime, sum { $0.served - $0.late })
  }

  private func writeRuns(_ runs: [NetworkSummary], to artifact: ArtifactWriter) throws {
    typealias A = QueueingArtifact
    try artifact.write(A.waits, runs.map(\.waitMean))
    try artifact.write(A.sojourns, runs.map(\.sojournMean))
    try artifact.write(A.numbers, runs.map(\.numberInSystemMean))
    try artifact.write(A.utilisations, runs.map(\.utilisation))
    try artifact.write(A.residuals, runs.map(\.littleResidual))
  }

  private func writeStations(_ runs: [NetworkSummary], to artifact: ArtifactWriter) throws {
    typealias A = QueueingArtifact
    let count = Double(runs.count)
    func mean(_ value: (NetworkSummary.Station) -> Double) -> [Double] {
      runs[0].stations.indices.map { i in runs.reduce(0) { $0 + value($1.stations[i]) } / count }
    }
    func sum(_ value: (NetworkSummary.Station) -> Int) -> [Int64] {
      runs[0].stations.indices.map { i in
        Int64(runs.reduce(0) { $0 + value($1.stations[i]) })
      }
    }
    try artifact.write(A.stationVisits, sum(\.visits))
    try artifact.write(A.stationLost, sum(\.lost))
    try artifact.write(A.stationWait, mean(\.waitMean))
    try artifact.write(A.stationNumber, mean(\.numberMean))
    try artifact.write(A.stationUtilisation, mean(\.utilisation))
  }

  /// Empty where the laws were not followed.
  private func writeLaws(
    _ details: [QueueDetail], _ theory: BirthDeathQueue?, to artifact: ArtifactWriter
  ) throws {
    typealias A = QueueingArtifact
    var waits = details[0].waits
    var sojourns = details[0].sojourns
    var times = details[0].timeAtCount
    for other in details.dropFirst() {
      waits.merge(other.waits)
      sojourns.merge(other.sojourns)
      for (i, time) in other.timeAtCount.enumerated() { times[i] += time }
    }
    let orders = waits.count > 0 ? Self.orders : []
    let law = theory.flatMap { parameters.capacity == 0 ? $0 : nil }
    try artifact.write(A.orders, orders)
    try artifact.write(A.waitQuantiles, orders.map { waits.value(at: $0) ?? .nan })
    try artifact.write(A.sojournQuantiles, orders.map { sojourns.value(at: $0) ?? .nan })
    try artifact.write(A.waitTheory, orders.map { law?.waitQuantile($0) ?? .nan })
    let batches = details[0].waitBatches
    let interval = batches.interval()
    try artifact.write(A.warmup, batches.warmup ?? -1)
    try artifact.write(A.batchHalfWidth, interval?.mean.halfWidth ?? .nan)
    try artifact.write(A.batchCorrelation, interval?.lag1 ?? .nan)
    let whole = times.reduce(0, +)
    try artifact.write(A.countShare, whole > 0 ? times.map { $0 / whole } : [])
  }

  private func writeTotals(
    _ runs: [NetworkSummary], _ theory: BirthDeathQueue?, to artifact: ArtifactWriter
  ) throws {
    typealias A = QueueingArtifact
    let waits = MeanInterval(runs.map(\.waitMean))
    let sojourns = MeanInterval(runs.map(\.sojournMean))
    func mean(_ value: (NetworkSummary) -> Double) -> Double {
      RunningMoments(runs.map(value)).mean
    }
    func sum(_ value: (NetworkSummary) -> Int) -> Int { runs.reduce(0) { $0 + value($1) } }
    let served = sum(\.served)
    try artifact.write(A.customers, sum(\.customers))
    try artifact.write(A.served, served)
    try artifact.write(A.lost, sum(\.customers) - served)
    try artifact.write(A.events, sum(\.events))
    try artifact.write(A.inFlightMax, runs.map(\.inFlightMax).max() ?? 0)
    try artifact.write(A.waitMean, waits.mean)
    try artifact.write(A.waitHalfWidth, waits.halfWidth)
    try artifact.write(A.sojournMean, sojourns.mean)
    try artifact.write(A.sojournHalfWidth, sojourns.halfWidth)
    try artifact.write(A.numberMean, mean(\.numberInSystemMean))
    try artifact.write(A.utilisation, mean(\.utilisation))
    try artifact.write(A.throughput, mean(\.throughput))
    try artifact.write(A.horizon, runs.last?.horizon ?? 0)
    try artifact.write(A.littleResidual, runs.map(\.littleResidual).max() ?? 0)
    try artifact.write(A.waitTheoryMean, theory?.waitMean ?? .nan)
  }
}
