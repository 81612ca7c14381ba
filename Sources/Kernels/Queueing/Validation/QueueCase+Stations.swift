// Single stations.
extension QueueCase {
  /// M/M/c, without a bound or with at most `capacity` present; nil where nothing is steady.
  public static func birthDeath(
    arrivalRate: Double, serviceRate: Double, servers: Int = 1, capacity: Int? = nil
  ) -> QueueCase? {
    guard
      let exact = BirthDeathQueue(
        arrivalRate: arrivalRate, serviceRate: serviceRate, servers: servers, capacity: capacity)
    else { return nil }
    var network = QueueNetwork()
    network.stations = [
      .init(servers: servers, capacity: capacity, service: .exponential(mean: 1 / serviceRate))
    ]
    network.sources = [.init(gap: .exponential(mean: 1 / arrivalRate))]
    var name = "M/M/\(servers)" + (capacity.map { "/\($0)" } ?? "")
    name += ", load \(rounded(exact.load))"
    let quantities =
      capacity == nil
      ? unbounded(exact, Double(servers)) + (servers == 1 ? lawOfOneServer(exact) : [])
      : bounded(exact)
    return QueueCase(name, network, quantities)
  }

  private static func unbounded(_ exact: BirthDeathQueue, _ servers: Double) -> [Quantity] {
    [
      .mean("L", exact.numberMean) { $0.numberInSystemMean },
      .mean("Lq", exact.waitingMean) { $0.numberInSystemMean - $0.utilisation * servers },
      .mean("W", exact.sojournMean) { $0.sojournMean },
      .mean("Wq", exact.waitMean) { $0.waitMean },
      .mean("utilisation", exact.utilisation) { $0.utilisation },
      .spread("var Wq", exact.waitVariance) { $0.waitVariance },
      .detail("P(W > 0)", exact.waitProbability, .mean) { 1 - $0.waits.shareOfZeros },
      .detail("Wq p95", exact.waitQuantile(0.95), .spread) { $0.waits.value(at: 0.95) ?? .nan },
    ].filter { $0.exact > 0 }
  }

  private static func lawOfOneServer(_ exact: BirthDeathQueue) -> [Quantity] {
    let sojourn = exact.sojournMean
    return [
      .spread("var T", sojourn * sojourn) { $0.sojournVariance },
      .detail("T p50", exact.sojournQuantile(0.5), .spread) { $0.sojourns.value(at: 0.5) ?? .nan },
      .detail("T p95", exact.sojournQuantile(0.95), .spread) {
        $0.sojourns.value(at: 0.95) ?? .nan
      },
      .detail("T p99", exact.sojournQuantile(0.99), .spread) {
        $0.sojourns.value(at: 0.99) ?? .nan
      },
      .detail("P(N = 0)", exact.probability(of: 0), .mean) { $0.share(of: 0) },
      .detail("P(N >= 10)", exact.probability(from: 10), .mean) { $0.share(from: 10) },
    ]
  }

  private static func bounded(_ exact: BirthDeathQueue) -> [Quantity] {
    [
      .mean("P(blocked)", exact.blockingProbability) {
        Double($0.blocked) / Double($0.served + $0.blocked)
      },
      .mean("L", exact.numberMean) { $0.numberInSystemMean },
      .mean("W accepted", exact.sojournMean) { $0.sojournMean },
      .mean("throughput", exact.throughput) { $0.throughput },
      .mean("utilisation", exact.utilisation) { $0.utilisation },
    ]
  }

  /// M/G/1 by Pollaczek and Khinchine; nil where nothing is steady.
  public static func singleServer(arrivalRate: Double, service: ServiceLaw, name: String)
    -> QueueCase?
  {
    guard let exact = SingleServerQueue(arrivalRate: arrivalRate, service: service),
      exact.waitMean.isFinite
    else { return nil }
    var network = QueueNetwork()
    network.stations = [.init(service: service)]
    network.sources = [.init(gap: .exponential(mean: 1 / arrivalRate))]
    let quantities: [Quantity] = [
      .mean("Wq", exact.waitMean) { $0.waitMean },
      .mean("W", exact.sojournMean) { $0.sojournMean },
      .mean("Lq", exact.waitingMean) { $0.numberInSystemMean - $0.utilisation },
      .mean("L", exact.numberMean) { $0.numberInSystemMean },
      .spread("var Wq", exact.waitVariance) { $0.waitVariance },
    ]
    return QueueCase(
      "M/G/1, \(name), load \(rounded(exact.load))", network,
      quantities.filter { $0.exact.isFinite })
  }

  /// Classes at one server, the most urgent first; nil where nothing is steady.
  public static func priorities(
    arrivalRates: [Double], serviceRate: Double, isPreemptive: Bool
  ) -> QueueCase? {
    guard
      let exact = PriorityQueueTheory(arrivalRates: arrivalRates, serviceRate: serviceRate)
    else { return nil }
    var network = QueueNetwork()
    network.stations = [.init(service: .exponential(mean: 1 / serviceRate))]
    network.stations[0].discipline = isPreemptive ? .preemptiveResume : .priority
    network.classes = arrivalRates.map { _ in QueueNetwork.MessageClass() }
    network.sources = arrivalRates.indices.map {
      .init(gap: .exponential(mean: 1 / arrivalRates[$0]), messageClass: $0)
    }
    let quantities = arrivalRates.indices.flatMap { index -> [Quantity] in
      if isPreemptive {
        return [
          .mean("W class \(index)", exact.preemptiveSojournMean(index)) {
            $0.classes[index].sojournMean
          }
        ]
      }
      return [
        .mean("Wq class \(index)", exact.waitMean(index)) { $0.classes[index].waitMean },
        .mean("W class \(index)", exact.waitMean(index) + 1 / serviceRate) {
          $0.classes[index].sojournMean
        },
      ]
    }
    let discipline = isPreemptive ? "preemptive resume" : "not preemptive"
    return QueueCase(
      "M/M/1, \(arrivalRates.count) classes, \(discipline), load "
        + rounded(arrivalRates.reduce(0, +) / serviceRate), network, quantities)
  }

  /// Three digits behind the point at most.
  static func rounded(_ value: Double) -> String {
    let thousandths = Int((value * 1000).rounded())
    var digits = String(thousandths % 1000 + 1000).dropFirst()
    while digits.last == "0" { digits.removeLast() }
    return "\(thousandths / 1000)" + (digits.isEmpty ? "" : ".\(digits)")
  }
}
