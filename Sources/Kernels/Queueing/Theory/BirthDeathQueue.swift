import Foundation

/// The M/M/c queue, without a bound or with at most K messages present, in its steady state.
///
///     let queue = BirthDeathQueue(arrivalRate: 3.2, serviceRate: 1, servers: 4)
///     queue?.waitMean     // 0.7455405897342555
///
/// Source: Gross, Shortle, Thompson, Harris, "Fundamentals of Queueing Theory" (2008), sections 2.2
/// to 2.5: probabilities by the recursion p(n) = p(n - 1) lambda / (min(n, c) mu), the infinite tail
/// as a geometric series.
public struct BirthDeathQueue: Sendable {
  public let arrivalRate: Double
  public let serviceRate: Double
  public let servers: Int
  public let capacity: Int?
  /// Probabilities of 0 to c messages, or to the bound.
  private let probabilities: [Double]

  /// Nil where there is no steady state: rates that are not positive, or a load of 1 and more
  /// without a bound.
  public init?(arrivalRate: Double, serviceRate: Double, servers: Int = 1, capacity: Int? = nil) {
    guard arrivalRate > 0, serviceRate > 0, arrivalRate.isFinite, serviceRate.isFinite,
      servers > 0, capacity.map({ $0 >= servers }) ?? (arrivalRate < serviceRate * Double(servers))
    else { return nil }
    self.arrivalRate = arrivalRate
    self.serviceRate = serviceRate
    self.servers = servers
    self.capacity = capacity
    // In logarithms, so that a thousand servers do not overflow.
    let load = arrivalRate / serviceRate
    var logs = [0.0]
    for n in 1...(capacity ?? servers) {
      logs.append(logs[n - 1] + log(load / Double(min(n, servers))))
    }
    let top = logs.max() ?? 0
    var weights = logs.map { exp($0 - top) }
    var total = weights.reduce(0, +)
    if capacity == nil {
      let rho = load / Double(servers)
      total += weights[servers] * rho / (1 - rho)
    }
    for n in weights.indices { weights[n] /= total }
    probabilities = weights
  }

  /// Offered load of a server; above 1 only where there is a bound.
  public var load: Double { arrivalRate / (serviceRate * Double(servers)) }

  /// P(N = n).
  public func probability(of n: Int) -> Double {
    if n < probabilities.count { return probabilities[n] }
    return capacity != nil ? 0 : probabilities[servers] * pow(load, Double(n - servers))
  }

  /// P(N >= n).
  public func probability(from n: Int) -> Double {
    if capacity == nil, n >= servers { return probability(of: n) / (1 - load) }
    return max(0, 1 - probabilities.prefix(n).reduce(0, +))
  }

  /// The probability that an arriving message finds no room; 0 without a bound.
  public var blockingProbability: Double { capacity.map { probability(of: $0) } ?? 0 }

  /// Messages served for each unit of time.
  public var throughput: Double { arrivalRate * (1 - blockingProbability) }

  public var utilisation: Double { throughput / (serviceRate * Double(servers)) }

  /// Mean number of messages that wait.
  public var waitingMean: Double {
    guard capacity == nil else {
      return probabilities.indices.reduce(0) { sum, n in
        sum + Double(max(0, n - servers)) * probabilities[n]
      }
    }
    return probabilities[servers] * load / ((1 - load) * (1 - load))
  }

  /// Mean number of messages present.
  public var numberMean: Double { waitingMean + throughput / serviceRate }

  /// Mean wait of those admitted, and their mean time in the system.
  public var waitMean: Double { waitingMean / throughput }
  public var sojournMean: Double { waitMean + 1 / serviceRate }

  /// The probability that an arrival waits (Erlang's second formula); without a bound.
  public var waitProbability: Double { probability(from: servers) }

  /// The quantile of the wait: P(W > t) = C exp(-(c mu - lambda) t); without a bound.
  public func waitQuantile(_ p: Double) -> Double {
    let rate = serviceRate * Double(servers) - arrivalRate
    return max(0, log(waitProbability / (1 - p)) / rate)
  }

  /// The quantile of the time in the system of a single server without a bound, which is exponential.
  public func sojournQuantile(_ p: Double) -> Double {
    precondition(servers == 1 && capacity == nil, "a law of one server without a bound")
    return -log(1 - p) / (serviceRate - arrivalRate)
  }

  /// The variance of the wait of a queue without a bound.
  public var waitVariance: Double {
    let rate = serviceRate * Double(servers) - arrivalRate
    return waitProbability * (2 - waitProbability) / (rate * rate)
  }

  /// Blocking of c servers without a place to wait (Erlang's first formula), by its recursion
  /// B(n) = a B(n - 1) / (n + a B(n - 1)).
  public static func erlangB(load: Double, servers: Int) -> Double {
    (1...max(1, servers)).reduce(1.0) { blocking, n in
      load * blocking / (Double(n) + load * blocking)
    }
  }
}
