/// An open network of M/M/c stations with random ways: each station as if it stood alone.
///
/// Source: Jackson, Management Science 10 (1963). Flows solve lambda = gamma + lambda P.
public struct JacksonNetwork: Sendable {
  public let queues: [BirthDeathQueue]
  /// Messages that enter for each unit of time.
  public let entryRate: Double

  /// Nil where a station has no steady state or the flows have no solution.
  ///
  /// `entryRates` are arrivals from outside at each station; row i of `routing` holds the
  /// probabilities of going from i to each station.
  public init?(
    entryRates: [Double], routing: [[Double]], serviceRates: [Double], servers: [Int]
  ) {
    guard let flows = Self.flows(entryRates, routing) else { return nil }
    var queues: [BirthDeathQueue] = []
    for (i, flow) in flows.enumerated() {
      guard
        let queue = BirthDeathQueue(
          arrivalRate: flow, serviceRate: serviceRates[i], servers: servers[i])
      else { return nil }
      queues.append(queue)
    }
    self.queues = queues
    entryRate = entryRates.reduce(0, +)
  }

  public var numberMean: Double { queues.reduce(0) { $0 + $1.numberMean } }
  /// Mean time from entry to exit.
  public var sojournMean: Double { numberMean / entryRate }
  /// Mean number of stations that a message visits.
  public var visitsMean: Double { queues.reduce(0) { $0 + $1.arrivalRate } / entryRate }

  /// Gaussian elimination of (I - P^T) lambda = gamma; diagonally dominant, so in any order.
  private static func flows(_ entry: [Double], _ routing: [[Double]]) -> [Double]? {
    let count = entry.count
    var rows = (0..<count).map { i in
      (0..<count).map { j in (i == j ? 1 : 0) - routing[j][i] } + [entry[i]]
    }
    for pivot in 0..<count {
      guard
        let best = (pivot..<count).max(by: { abs(rows[$0][pivot]) < abs(rows[$1][pivot]) }),
        abs(rows[best][pivot]) > 1e-300
      else { return nil }
      rows.swapAt(pivot, best)
      for i in 0..<count where i != pivot {
        let factor = rows[i][pivot] / rows[pivot][pivot]
        for j in pivot...count { rows[i][j] -= factor * rows[pivot][j] }
      }
    }
    let flows = (0..<count).map { rows[$0][count] / rows[$0][$0] }
    return flows.allSatisfy { $0 >= 0 && $0.isFinite } ? flows : nil
  }
}

/// A closed network of single-server stations, by exact mean value analysis.
///
/// Source: Reiser, Lavenberg, Journal of the ACM 27 (1980): a message finds at a station what is
/// there on average with one message less. O(stations x population).
public struct MeanValueAnalysis: Sendable {
  /// Rounds for each unit of time, and the mean time of one.
  public let throughput: Double
  public let roundMean: Double
  /// Mean number of messages at each station.
  public let numberMeans: [Double]

  /// `visits` are the mean visits of a round to each station, `serviceMeans` those of one visit.
  public init(visits: [Double], serviceMeans: [Double], population: Int) {
    precondition(visits.count == serviceMeans.count && population > 0)
    var numbers = [Double](repeating: 0, count: visits.count)
    var round = 0.0
    for size in 1...population {
      let times = visits.indices.map { visits[$0] * serviceMeans[$0] * (1 + numbers[$0]) }
      round = times.reduce(0, +)
      numbers = times.map { Double(size) / round * $0 }
    }
    throughput = Double(population) / round
    roundMean = round
    numberMeans = numbers
  }
}
