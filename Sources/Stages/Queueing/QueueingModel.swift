import Kernels
import Pipeline

/// The network that the parameters of the stage describe, with the service types of a file if there are
/// any.
struct QueueingModel {
  let parameters: Queueing.Parameters
  /// A class for each; empty without a file.
  let types: [ServiceType]

  init(_ parameters: Queueing.Parameters, types: [ServiceType] = []) {
    self.parameters = parameters
    self.types = types
  }

  var classCount: Int { max(1, types.isEmpty ? parameters.classShares.count : types.count) }

  var classNames: [String] {
    types.isEmpty ? (0..<classCount).map { "class \($0)" } : types.map(\.name)
  }

  /// Of all arrivals, those of each class; they sum to 1.
  private var shares: [Double] {
    let given = parameters.classShares
    let weights = given.isEmpty ? [Double](repeating: 1, count: classCount) : given
    let whole = weights.reduce(0, +)
    return weights.map { $0 / whole }
  }

  /// - Throws: for parameters that do not go together.
  func network() throws(ParameterError) -> QueueNetwork {
    try check()
    var network = QueueNetwork()
    network.classes = try classes()
    let station = try station()
    network.stations = [QueueNetwork.Station](repeating: station, count: parameters.nodes)
    QueueingRoutes(parameters, classCount: classCount).lay(in: &network)
    if parameters.circulating == 0 {
      try addSources(to: &network)
    } else {
      network.population = parameters.circulating
    }
    // The simulation checks again; a description of millions of equal stations is not read twice.
    guard parameters.nodes <= 10_000 else { return network }
    do throws(QueueNetworkError) {
      try network.validate()
    } catch {
      throw ParameterError("nodes", "no network: \(error.description)")
    }
    return network
  }

  /// Sources stand in the order of the classes; together they load the servers as wanted.
  private func addSources(to network: inout QueueNetwork) throws(ParameterError) {
    let routes = QueueingRoutes(parameters, classCount: classCount)
    let rate =
      parameters.utilisation * Double(parameters.servers) * Double(parameters.nodes)
      / (serviceMean * routes.loadFactor)
    for (i, share) in shares.enumerated() {
      let gap = try parameters.gapLaw.law(
        mean: 1 / (rate * share), variation: parameters.gapVariation, "gap_variation")
      network.sources.append(
        .init(gap: gap, messageClass: i, entry: routes.entry(of: i, in: network)))
    }
  }

  /// Mean service over the classes.
  private var serviceMean: Double {
    types.isEmpty
      ? parameters.serviceMean
      : zip(shares, types).reduce(0) { $0 + $1.0 * $1.1.meanSeconds }
  }

  private func classes() throws(ParameterError) -> [QueueNetwork.MessageClass] {
    var patience: ServiceLaw?
    if parameters.patienceMean > 0 {
      patience = try parameters.patienceLaw.law(
        mean: parameters.patienceMean, variation: parameters.patienceVariation, "patience_variation"
      )
    }
    let deadline = parameters.deadline > 0 ? parameters.deadline : .infinity
    return (0..<classCount).map { i in
      .init(patience: patience, deadline: types.isEmpty ? deadline : types[i].deadlineSeconds)
    }
  }

  private func station() throws(ParameterError) -> QueueNetwork.Station {
    let service = try parameters.serviceLaw.law(
      mean: parameters.serviceMean, variation: parameters.serviceVariation, "service_variation")
    var station = QueueNetwork.Station(
      servers: parameters.servers, capacity: parameters.capacity == 0 ? nil : parameters.capacity,
      service: service)
    if !types.isEmpty { station.services = types.map(law(of:)) }
    station.batch = parameters.batch
    station.speeds = parameters.speeds
    switch parameters.discipline {
    case .firstCome: station.discipline = .firstCome
    case .priority: station.discipline = .priority
    case .preemptiveResume: station.discipline = .preemptiveResume
    }
    if parameters.balkingFrom > 0 { station.balking = .from(parameters.balkingFrom) }
    if parameters.balkingRate > 0 { station.balking = .discouraged(rate: parameters.balkingRate) }
    if parameters.workingMean > 0 {
      station.breakdown = .init(
        working: try parameters.workingLaw.law(
          mean: parameters.workingMean, variation: parameters.workingVariation, "working_variation"),
        repair: try parameters.repairLaw.law(
          mean: parameters.repairMean, variation: parameters.repairVariation, "repair_variation"))
    }
    return station
  }

  /// The law of a type's service times.
  private func law(of type: ServiceType) -> ServiceLaw {
    let mean = type.meanSeconds
    return switch type.law {
    case .deterministic: .deterministic(mean)
    case .exponential: .exponential(mean: mean)
    case .uniform: .uniform(0...(2 * mean))
    case .erlang2: .erlang(phases: 2, mean: mean)
    }
  }

  /// The closed form of a station, where the network has one.
  var theory: BirthDeathQueue? {
    let isPlain =
      classCount == 1 && types.isEmpty && parameters.batch == 1 && parameters.speeds.isEmpty
      && parameters.balkingFrom == 0 && parameters.balkingRate == 0 && parameters.patienceMean == 0
      && parameters.workingMean == 0 && parameters.circulating == 0
      && (parameters.routing == .random || parameters.nodes == 1 && parameters.visits == 1)
    guard isPlain, parameters.serviceLaw == .exponential, parameters.gapLaw == .exponential,
      parameters.capacity == 0 || parameters.nodes == 1 && parameters.visits == 1
    else { return nil }
    return BirthDeathQueue(
      arrivalRate: parameters.utilisation * Double(parameters.servers) / parameters.serviceMean,
      serviceRate: 1 / parameters.serviceMean, servers: parameters.servers,
      capacity: parameters.capacity == 0 ? nil : parameters.capacity)
  }
}

extension QueueingModel {
  /// What the kernel would refuse too, in the words of the manifest.
  private func check() throws(ParameterError) {
    func demand(_ holds: Bool, _ name: String, _ reason: String) throws(ParameterError) {
      guard holds else { throw ParameterError(name, reason) }
    }
    try demand(
      parameters.capacity == 0 || parameters.capacity >= parameters.servers, "capacity",
      "\(parameters.capacity) is less than the \(parameters.servers) servers")
    try demand(
      parameters.balkingFrom == 0 || parameters.balkingRate == 0, "balking_rate",
      "a message balks by balking_from or by balking_rate, not by both")
    try demand(
      parameters.batch == 1 || parameters.discipline != .preemptiveResume, "batch",
      "\(parameters.batch) messages at once cannot be interrupted: 1 with preemptive_resume")
    try demand(
      parameters.routing != .byType || parameters.nodes >= classCount, "routing",
      "by_type needs a node for each of the \(classCount) classes, and there are \(parameters.nodes)"
    )
    try demand(
      parameters.routing != .byQuality || parameters.qualities.count == parameters.nodes,
      "qualities", "\(parameters.qualities.count) for \(parameters.nodes) nodes: give one for each")
    try demand(
      parameters.routing != .byQuality || parameters.qualities.contains { $0 > 0 }, "qualities",
      "none of them is above 0: nobody could be asked")
    try demand(
      parameters.routing == .random || parameters.nodes <= 2000, "nodes",
      "\(parameters.nodes) with routing \(parameters.routing.rawValue): at most 2000, since each keeps a "
        + "list of all")
    try demand(
      parameters.routing != .leastLoaded || parameters.visits == 1, "visits",
      "\(parameters.visits) with routing least_loaded, which is for one visit")
    try checkClosed(demand)
  }

  private func checkClosed(
    _ demand: (Bool, String, String) throws(ParameterError) -> Void
  ) throws(ParameterError) {
    let count = parameters.circulating
    try demand(
      parameters.thinkMean == 0 || count > 0, "think_mean",
      "\(parameters.thinkMean) s between rounds, and no messages circulate: set circulating")
    guard count > 0 else { return }
    try demand(
      classCount == 1, "circulating", "\(classCount) classes: messages that circulate are of one")
    try demand(
      parameters.capacity == 0 || parameters.capacity >= count, "capacity",
      "\(parameters.capacity) is less than the \(count) messages that circulate and are never lost")
    try demand(
      parameters.balkingFrom == 0 && parameters.balkingRate == 0, "circulating",
      "messages that circulate cannot balk: they would come back at once")
    try demand(
      parameters.thinkMean == 0 || parameters.nodes <= 2000, "nodes",
      "\(parameters.nodes) with think_mean: at most 2000")
  }
}
