/// The M/G/1 queue: waits by the formulas of Pollaczek and Khinchine.
///
///     let queue = SingleServerQueue(arrivalRate: 0.8, service: .deterministic(1))
///     queue?.waitMean     // 2
///
/// Source: Gross, Shortle, Thompson, Harris, "Fundamentals of Queueing Theory" (2008), section 5.1;
/// the variance from Takacs' recursion, E[W^2] = 2 E[W]^2 + lambda E[S^3] / (3 (1 - rho)).
public struct SingleServerQueue: Sendable {
  public let arrivalRate: Double
  public let service: ServiceLaw

  /// Nil where there is no steady state.
  public init?(arrivalRate: Double, service: ServiceLaw) {
    guard arrivalRate > 0, service.fault == nil, arrivalRate * service.mean < 1 else { return nil }
    self.arrivalRate = arrivalRate
    self.service = service
  }

  public var load: Double { arrivalRate * service.mean }

  /// Infinite where the service time has no variance.
  public var waitMean: Double { arrivalRate * service.moments.second / (2 * (1 - load)) }

  public var waitVariance: Double {
    waitMean * waitMean + arrivalRate * service.moments.third / (3 * (1 - load))
  }

  public var sojournMean: Double { waitMean + service.mean }
  public var waitingMean: Double { arrivalRate * waitMean }
  public var numberMean: Double { arrivalRate * sojournMean }
}

/// One server, exponential services of one rate, classes of Poisson arrivals, the most urgent first.
///
/// Source: Cobham, Operations Research 2 (1954), for services that are not interrupted; White and
/// Christie, Operations Research 6 (1958), for those that are and resume.
public struct PriorityQueueTheory: Sendable {
  public let arrivalRates: [Double]
  public let serviceRate: Double

  /// Nil where the least urgent class has no steady state.
  public init?(arrivalRates: [Double], serviceRate: Double) {
    guard serviceRate > 0, arrivalRates.allSatisfy({ $0 > 0 }),
      arrivalRates.reduce(0, +) < serviceRate
    else { return nil }
    self.arrivalRates = arrivalRates
    self.serviceRate = serviceRate
  }

  /// Load of the classes before `count`.
  private func load(before count: Int) -> Double {
    arrivalRates.prefix(count).reduce(0, +) / serviceRate
  }

  /// Mean wait of a class where no service is interrupted.
  public func waitMean(_ index: Int) -> Double {
    let residual = load(before: arrivalRates.count) / serviceRate
    return residual / ((1 - load(before: index)) * (1 - load(before: index + 1)))
  }

  /// Mean time in the system of a class whose services are interrupted and resumed.
  public func preemptiveSojournMean(_ index: Int) -> Double {
    let residual = load(before: index + 1) / serviceRate
    let before = 1 - load(before: index)
    return (1 / serviceRate) / before + residual / (before * (1 - load(before: index + 1)))
  }
}
