import Kernels
public import Pipeline

/// Orders the events of a cloud by what caused what, and compares logical clocks (requirement N25).
///
/// The net comes from a file, or from a replay: then sending, serving and replying are events, ordered
/// along each message, each client and each node.
public struct Causality: Stage {
  public static let name = "causality"
  public static let revision = 1
  public static let summary = "orders events by cause and effect and compares logical clocks"
  public static let isRandom = false
  static let traffic = InputSlot(
    "traffic", TrafficArtifact.self, isRequired: false,
    "a replay whose events are ordered, in place of a file")
  public static let inputs = [traffic]
  public static let outputs = [OutputPort.main(CausalityArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let recorded = try load(inputs.openIfGiven(Self.traffic))
    try context.progress(0.2, "\(recorded.events.count) events")
    let (net, clocks) = try ordered(recorded)
    try context.progress(0.6, "ordered")
    let check = CausalityCheck(net, clocks, sources: parameters.checkedSources)
    try CausalityWriter(recorded: recorded, net: net, clocks: clocks, check: check)
      .write(to: outputs.main)
  }

  private func load(_ traffic: ArtifactReader?) throws(DataError) -> RecordedEvents {
    switch (parameters.file.isGiven, traffic) {
    case (true, nil): return try RecordedEvents(path: parameters.file.path)
    case (false, let traffic?): return try RecordedEvents(traffic: traffic)
    case (true, _):
      throw DataError("events", expected: "a file or a replay", found: "both")
    case (false, nil):
      throw DataError(
        "events", expected: "a file (file: FILE) or a replay (in: {traffic: STEP})", found: "none")
    }
  }

  private func ordered(_ recorded: RecordedEvents) throws(DataError) -> (EventNet, EventClocks) {
    do throws(EventNetError) {
      let net = try EventNet(
        events: recorded.events, causes: recorded.causes, effects: recorded.effects)
      let clocks = try EventClocks(
        net, physical: recorded.physical, entriesMax: parameters.vectors ? parameters.entriesMax : 0
      )
      return (net, clocks)
    } catch {
      throw DataError(
        recorded.subject, expected: "events that can be ordered", found: error.description)
    }
  }
}
