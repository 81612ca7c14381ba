import Kernels
public import Pipeline

/// Simulates a network of queues with a plain description: M/M/c, G/G/c, and open networks of such
/// stations with random ways (requirements N4, N5, N7), in independent replications.
public struct Queueing: Stage {
  public static let name = "queueing"
  public static let revision = 1
  public static let summary = "simulates a queue or a network of queues, event by event"
  static let arrivals = InputSlot(
    "arrivals", ArrivalsArtifact.self, isRequired: false,
    "times of arrival in place of utilisation and gap_law, and services where they are known")
  public static let inputs = [arrivals]
  public static let outputs = [OutputPort.main(QueueingArtifact.self)]

  let parameters: Parameters
  let network: QueueNetwork

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard !parameters.records || parameters.replications == 1 else {
      throw ParameterError(
        "records", "records are of one run, and replications is \(parameters.replications)")
    }
    guard parameters.capacity == 0 || parameters.capacity >= parameters.servers else {
      throw ParameterError(
        "capacity", "\(parameters.capacity) is less than the \(parameters.servers) servers")
    }
    self.parameters = parameters
    network = try Self.network(parameters)
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let stream = RandomStream(seed: context.seed, name: "queueing")
    let (network, plan) = try replayed(inputs.openIfGiven(Self.arrivals))
    var runs: [Outcome] = []
    if parameters.records {
      runs = [try await simulateRecording(network, plan, stream, to: outputs.main, context)]
    } else {
      try Self.writeRecords(VisitRecords(), to: outputs.main)
      runs = try await Replications.run(parameters.replications, threads: context.threads) {
        index in
        try simulate(
          network, plan, stream.substream(UInt64(index)), context, reports: index == 0)
      }
    }
    try write(runs, to: outputs.main)
  }

  /// What came of one replication.
  struct Outcome: Sendable {
    let summary: NetworkSummary
    let detail: QueueDetail
  }

  /// The network and how long it runs; with recorded arrivals as long as they go.
  private func replayed(_ arrivals: ArtifactReader?) throws -> (QueueNetwork, NetworkRun) {
    var network = network
    guard let arrivals else {
      let run = NetworkRun(
        warmup: parameters.warmup, customers: parameters.customers, isSteady: parameters.steady)
      return (network, run)
    }
    let times = try arrivals.read(ArrivalsArtifact.time)
    network.sources[0].times = times
    network.sources[0].works = try arrivals.read(ArrivalsArtifact.work)
    let warmup = min(parameters.warmup, times.count)
    return (network, NetworkRun(warmup: warmup, customers: times.count - warmup))
  }

  private func simulate(
    _ network: QueueNetwork, _ plan: NetworkRun, _ stream: RandomStream, _ context: StageContext,
    reports: Bool
  ) throws -> Outcome {
    var simulation = try NetworkSimulation(network, plan, stream: stream)
    var detail = QueueDetail()
    var isRunning = true
    while isRunning {
      if parameters.laws {
        isRunning = simulation.advance(events: 1 << 20, into: &detail)
      } else {
        isRunning = simulation.advance(events: 1 << 20)
      }
      if reports { try progress(simulation.left, context) } else { try Task.checkCancellation() }
    }
    return Outcome(summary: simulation.summary, detail: detail)
  }

  /// Records are compressed and written while the next ones come about.
  private func simulateRecording(
    _ network: QueueNetwork, _ plan: NetworkRun, _ stream: RandomStream,
    to artifact: ArtifactWriter, _ context: StageContext
  ) async throws -> Outcome {
    var simulation = try NetworkSimulation(network, plan, stream: stream.substream(0))
    var records = VisitRecords()
    var writing = artifact.inBackground(VisitRecords()) { _, _ in }
    var isRunning = true
    while isRunning {
      isRunning = simulation.advance(events: 1 << 16, into: &records)
      let written = try await writing.value
      writing = artifact.inBackground(records) { batch, artifact in
        try Self.writeRecords(batch, to: artifact)
      }
      records = consume written
      records.removeAll()
      try progress(simulation.left, context)
    }
    _ = try await writing.value
    return Outcome(summary: simulation.summary, detail: QueueDetail())
  }

  private func progress(_ done: Int, _ context: StageContext) throws {
    try context.progress(
      Double(done) / Double(max(1, parameters.customers)), "\(done) messages have left")
  }

  /// A network of equal stations; a single one that is visited once needs no chance to find it.
  private static func network(_ parameters: Parameters) throws(ParameterError) -> QueueNetwork {
    let service = try parameters.serviceLaw.law(
      mean: parameters.serviceMean, variation: parameters.serviceVariation, "service_variation")
    let rate =
      parameters.utilisation * Double(parameters.nodes) * Double(parameters.servers)
      / (parameters.serviceMean * parameters.visits)
    let gap = try parameters.gapLaw.law(
      mean: 1 / rate, variation: parameters.gapVariation, "gap_variation")
    let route: QueueNetwork.Route =
      parameters.visits == 1 ? .leave : .uniform(leaving: 1 / parameters.visits)
    let station = QueueNetwork.Station(
      servers: parameters.servers, capacity: parameters.capacity == 0 ? nil : parameters.capacity,
      service: service, route: route)
    var network = QueueNetwork()
    network.stations = [QueueNetwork.Station](repeating: station, count: parameters.nodes)
    network.sources = [
      .init(gap: gap, entry: parameters.nodes == 1 ? .station(0) : .uniform(leaving: 0))
    ]
    return network
  }

  /// The closed form of a station, where the network has one.
  var theory: BirthDeathQueue? {
    guard parameters.serviceLaw == .exponential, parameters.gapLaw == .exponential,
      parameters.capacity == 0 || parameters.nodes == 1 && parameters.visits == 1
    else { return nil }
    return BirthDeathQueue(
      arrivalRate: parameters.utilisation * Double(parameters.servers) / parameters.serviceMean,
      serviceRate: 1 / parameters.serviceMean, servers: parameters.servers,
      capacity: parameters.capacity == 0 ? nil : parameters.capacity)
  }
}
