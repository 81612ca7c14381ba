/// Figures of a run, over the messages that count and the window of time in which they were born.
public struct NetworkSummary: Sendable, Equatable {
  /// Messages that count.
  public let customers: Int
  /// Those of them that were served, and those that were lost in one of three ways.
  public let served: Int
  public let blocked: Int
  public let balked: Int
  public let reneged: Int
  /// Served after the deadline of their class.
  public let late: Int
  public let events: Int
  /// The most messages that were under way at once.
  public let inFlightMax: Int
  /// Time of the last event.
  public let horizon: Double
  /// From arrival at a station to service there; mean and variance over all visits.
  public let waitMean: Double
  public let waitVariance: Double
  /// From birth to leaving, of the served ones.
  public let sojournMean: Double
  public let sojournVariance: Double
  /// Messages present, averaged over the window.
  public let numberInSystemMean: Double
  /// Busy share of all servers in the window.
  public let utilisation: Double
  /// Messages served for each unit of time.
  public let throughput: Double
  /// The relative difference of the two sides of Little's law, an identity but for rounding.
  ///
  /// One side is the integral over time of the messages that count and are present, the other the
  /// sum of their times in the network.
  public let littleResidual: Double
  public let stations: [Station]
  public let classes: [MessageClass]

  public struct Station: Sendable, Equatable {
    public let arrivals: Int
    public let visits: Int
    public let lost: Int
    public let waitMean: Double
    public let sojournMean: Double
    public let numberMean: Double
    public let utilisation: Double
    public let throughput: Double
  }

  public struct MessageClass: Sendable, Equatable {
    public let visits: Int
    public let waitMean: Double
    /// Of a visit: waiting, service and interruptions.
    public let sojournMean: Double
    public let late: Int
  }
}

extension NetworkSimulation {
  /// The figures so far.
  public var summary: NetworkSummary {
    let window = progress.windowLength
    var all = StationTally()
    var rows: [NetworkSummary.Station] = []
    rows.reserveCapacity(stations.count)
    for i in 0..<stations.count {
      let tally = tallies[i]
      all.visits += tally.visits
      all.waits += tally.waits
      all.waitSquares += tally.waitSquares
      all.sojourns += tally.sojourns
      all.work += tally.work
      rows.append(row(tally, stations[i], window))
    }
    let groups = (0..<classCount).map { group(classTallies[$0], in: all) }
    let ends = progress.ends
    return NetworkSummary(
      customers: progress.countedLeft + progress.countedPresent, served: progress.served,
      blocked: ends.blocked, balked: ends.balked, reneged: ends.reneged,
      late: groups.reduce(0) { $0 + $1.late }, events: progress.events,
      inFlightMax: messages.countMax, horizon: progress.clock,
      waitMean: ratio(all.waits, all.visits),
      waitVariance: variance(all.waits, all.waitSquares, all.visits),
      sojournMean: ratio(progress.sojourns, progress.served),
      sojournVariance: variance(progress.sojourns, progress.sojournSquares, progress.served),
      numberInSystemMean: share(progress.windowArea, window),
      utilisation: share(all.work, window * progress.serverCount),
      throughput: share(Double(progress.served), window),
      littleResidual: share(
        abs(progress.countedArea - progress.lifetimes),
        max(progress.countedArea, progress.lifetimes)),
      stations: rows, classes: groups)
  }

  private func row(
    _ tally: StationTally, _ station: NetworkStation, _ window: Double
  ) -> NetworkSummary.Station {
    NetworkSummary.Station(
      arrivals: station.arrivals, visits: tally.visits, lost: tally.lost,
      waitMean: ratio(tally.waits, tally.visits),
      sojournMean: ratio(tally.sojourns, tally.visits),
      numberMean: share(tally.sojourns, window),
      utilisation: share(tally.work, window * Double(station.servers)),
      throughput: share(Double(tally.visits), window))
  }

  /// A single class has no sums of its own: they are those of all stations.
  private func group(_ tally: ClassTally, in all: StationTally) -> NetworkSummary.MessageClass {
    let (visits, waits, sojourns) =
      classCount > 1
      ? (tally.visits, tally.waits, tally.sojourns) : (all.visits, all.waits, all.sojourns)
    return NetworkSummary.MessageClass(
      visits: visits, waitMean: ratio(waits, visits), sojournMean: ratio(sojourns, visits),
      late: tally.late)
  }

  private func ratio(_ sum: Double, _ count: Int) -> Double { share(sum, Double(count)) }

  private func share(_ part: Double, _ whole: Double) -> Double { whole > 0 ? part / whole : 0 }

  private func variance(_ sum: Double, _ squares: Double, _ count: Int) -> Double {
    guard count > 1 else { return 0 }
    let n = Double(count)
    return max(0, (squares - sum * sum / n) / (n - 1))
  }
}
