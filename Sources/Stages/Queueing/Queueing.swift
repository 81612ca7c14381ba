import Kernels
public import Pipeline

/// Simulates a network of queues: stations all alike, with classes, batches, breakdowns and speeds, that
/// messages reach by one of five routings, leave when they lose patience, or circulate in (requirements
/// N3, N4, N5, N7), in independent replications.
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

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard !parameters.records || parameters.replications == 1 else {
      throw ParameterError(
        "records", "records are of one run, and replications is \(parameters.replications)")
    }
    self.parameters = parameters
    _ = try QueueingModel(parameters).network()
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let stream = RandomStream(seed: context.seed, name: "queueing")
    let model = try QueueingModel(parameters, types: loadTypes())
    let (network, plan) = try replayed(
      model.network(), inputs.openIfGiven(Self.arrivals), stream.substream(1 << 40))
    var runs: [Outcome] = []
    if parameters.records {
      runs = [try await simulateRecording(network, plan, stream, to: outputs.main, context)]
    } else {
      try Self.writeRecords(VisitRecords(), [], to: outputs.main)
      runs = try await Replications.run(parameters.replications, threads: context.threads) {
        index in
        try simulate(
          network, plan, stream.substream(UInt64(index)), context, reports: index == 0)
      }
    }
    try write(runs, model, to: outputs.main)
  }

  /// The service types of the file, if there is one.
  private func loadTypes() throws -> [ServiceType] {
    guard parameters.services.isGiven else { return [] }
    let types = try ServiceType.load(parameters.services)
    let shares = parameters.classShares.count
    guard types.count <= 64, shares == 0 || shares == types.count else {
      throw DataError(
        "services",
        expected: shares == 0 ? "at most 64 types" : "\(shares) types, as class_shares has",
        found: "\(types.count)")
    }
    return types
  }

  /// What came of one replication.
  struct Outcome: Sendable {
    let summary: NetworkSummary
    let detail: QueueDetail
  }

  /// The network and how long it runs; with recorded arrivals as long as they go, of classes that are
  /// drawn by their shares.
  private func replayed(
    _ network: QueueNetwork, _ arrivals: ArtifactReader?, _ stream: RandomStream
  ) throws -> (QueueNetwork, NetworkRun) {
    guard let arrivals else {
      let run = NetworkRun(
        warmup: parameters.warmup, customers: parameters.customers, isSteady: parameters.steady)
      return (network, run)
    }
    guard !network.isClosed else {
      throw DataError("arrivals", expected: "an open network", found: "messages that circulate")
    }
    var network = network
    let times = try arrivals.read(ArrivalsArtifact.time)
    let works = try arrivals.read(ArrivalsArtifact.work)
    // Gaps are exponential or not, but their means tell the shares.
    let shares = AliasTable(weights: network.sources.map { 1 / $0.gap.mean })
    for (i, time) in times.enumerated() {
      let one = network.sources.count == 1 ? 0 : shares?.draw(stream.block(UInt64(i)).unit0) ?? 0
      network.sources[one].times.append(time)
      network.sources[one].works.append(works[i])
    }
    // A source without times would draw some.
    if !times.isEmpty { network.sources.removeAll { $0.times.isEmpty } }
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
      let classes = network.sources.map(\.messageClass)
      writing = artifact.inBackground(records) { batch, artifact in
        try Self.writeRecords(batch, classes, to: artifact)
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
}
