import Kernels
public import Pipeline

/// Replays requests through the three routes and the nodes' queues, or replays a recorded log
/// (requirements N4, N5, N7-N9, N24, N24c, N24d).
///
/// With a population its clients send; without one a plain cloud is made from the parameters. A
/// log gives the times of sending; who sent a request is not in it.
public struct Traffic: Stage {
  public static let name = "traffic"
  public static let revision = 1
  public static let summary =
    "replays requests through front ends, queues and nodes, event by event"
  static let population = InputSlot(
    "population", PopulationArtifact.self, isRequired: false,
    "nodes and clients; a plain cloud is made from the parameters if absent")
  static let truth = InputSlot(
    "truth", PopulationTruth.self, isRequired: false,
    "how nodes and clients behave; all are honest if absent")
  static let arrivals = InputSlot(
    "arrivals", ArrivalsArtifact.self, isRequired: false,
    "times of sending, in place of the clients' rates or a log")
  public static let inputs = [population, truth, arrivals]
  public static let outputs: [OutputPort] = [
    .main(TrafficArtifact.self), .named("log", TrafficLog.self),
  ]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard parameters.cpuPoolShare + parameters.memoryPoolShare <= 1 else {
      throw ParameterError(
        "memory_pool_share", "the shares of the routes exceed 1 together with cpu_pool_share")
    }
    guard parameters.source == .generate || parameters.log.isGiven else {
      throw ParameterError("log", "the source \(parameters.source.rawValue) needs a file")
    }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let cloud = try CloudBuilder(parameters).build(
      population: inputs.openIfGiven(Self.population), truth: inputs.openIfGiven(Self.truth))
    let recording = try Recording.load(parameters)
    try recording.write(to: outputs.named("log"))
    let given = try inputs.openIfGiven(Self.arrivals)?.read(ArrivalsArtifact.time)
    let arrivals =
      given.map { .recorded($0) }
      ?? recording.arrivals(count: parameters.requests, source: parameters.source)
    var replay = CloudReplay(
      cloud, stream: RandomStream(seed: context.seed, name: "traffic.message"),
      arrivals: arrivals, epochMilliseconds: UInt64(parameters.epoch) * 1000)
    let total = max(1, arrivals.count)
    var written = 0
    let summary = try outputs.writing(isConcurrent: context.threads > 1) {
      (records: MessageRecords, outputs) in
      try write(records, to: outputs.main)
    } while: { handOver in
      try replay.run { (records: MessageRecords) throws(any Error) in
        try handOver(records)
        written += records.count
        try context.progress(Double(written) / Double(total), "\(written) messages")
      }
    }
    try write(replay.reports, to: outputs.main)
    try write(summary, replay.reports, cloud, to: outputs.main, isEmpty: written == 0)
  }
}
