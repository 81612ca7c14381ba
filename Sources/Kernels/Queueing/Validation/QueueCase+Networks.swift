// Networks of stations.
extension QueueCase {
  /// An open network with random ways; nil where nothing is steady.
  public static func jackson(
    entryRates: [Double], routing: [[Double]], serviceRates: [Double], servers: [Int]
  ) -> QueueCase? {
    guard
      let exact = JacksonNetwork(
        entryRates: entryRates, routing: routing, serviceRates: serviceRates, servers: servers)
    else { return nil }
    var network = QueueNetwork()
    for (i, row) in routing.enumerated() {
      let leaving = max(0, 1 - row.reduce(0, +))
      network.stations.append(
        .init(
          servers: servers[i], service: .exponential(mean: 1 / serviceRates[i]),
          route: .split(row + [leaving > 1e-12 ? leaving : 0])))
    }
    network.sources = entryRates.indices.filter { entryRates[$0] > 0 }.map {
      .init(gap: .exponential(mean: 1 / entryRates[$0]), entry: .station($0))
    }
    let stations = exact.queues.enumerated().flatMap { index, queue -> [Quantity] in
      [
        .mean("rho of \(index)", queue.load) { $0.stations[index].utilisation },
        .mean("L of \(index)", queue.numberMean) { $0.stations[index].numberMean },
        .mean("Wq of \(index)", queue.waitMean) { $0.stations[index].waitMean },
        .mean("W of \(index)", queue.sojournMean) { $0.stations[index].sojournMean },
      ]
    }
    let whole: [Quantity] = [
      .mean("L", exact.numberMean) { $0.numberInSystemMean },
      .mean("T", exact.sojournMean) { $0.sojournMean },
      .mean("visits", exact.visitsMean) { run in
        Double(run.stations.reduce(0) { $0 + $1.visits }) / Double(run.served)
      },
    ]
    return QueueCase("Jackson, \(routing.count) stations", network, stations + whole)
  }

  /// A closed network of single servers.
  ///
  /// A message goes to station i next with a probability in the
  /// ratio of its visits, wherever it is; a round ends after each with 1 / (sum of visits).
  public static func closed(
    visits: [Double], serviceMeans: [Double], population: Int
  ) -> QueueCase {
    let exact = MeanValueAnalysis(
      visits: visits, serviceMeans: serviceMeans, population: population)
    let total = visits.reduce(0, +)
    let leaving = 1 / max(1, total)
    var network = QueueNetwork()
    network.population = population
    network.entry = .split(visits + [0])
    let onward = visits.map { $0 * (1 - leaving) / total } + [leaving]
    network.stations = serviceMeans.map {
      .init(service: .exponential(mean: $0), route: .split(onward))
    }
    // With fewer visits than one a round of the network is several of the case's.
    let scale = max(1, total) / total
    let quantities: [Quantity] = [
      .mean("X", exact.throughput) { $0.throughput * scale },
      .mean("R", exact.roundMean) { Double(population) / ($0.throughput * scale) },
    ]
    let numbers = exact.numberMeans.enumerated().map { index, number -> Quantity in
      .mean("Q of \(index)", number) { $0.stations[index].numberMean }
    }
    return QueueCase(
      "closed, \(visits.count) stations, \(population) messages", network, quantities + numbers)
  }
}
