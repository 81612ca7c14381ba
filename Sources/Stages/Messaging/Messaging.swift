import Kernels
public import Pipeline

/// Drives a message broker in simulated time: publishers send, consumers serve, fail and come back
/// (requirements N4, N5, N24e).
///
/// What is delivered again, lost, and why, is recorded; every message is accounted for.
public struct Messaging: Stage {
  public static let name = "messaging"
  public static let revision = 1
  public static let summary =
    "drives a broker's queues and topics, and records deliveries and losses with their reasons"
  public static let outputs = [OutputPort.main(MessagingArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    guard !parameters.selective || parameters.destination == .queue else {
      throw ParameterError("selective", "consumers of a topic share no queue to select from")
    }
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let law = MessagingLaw(parameters, seed: context.seed)
    var simulation = MessagingSimulation(parameters, law)
    while simulation.step(events: 8192) {
      try write(simulation.takeRecords(), to: outputs.main)
      try context.progress(simulation.sentShare, "\(simulation.sentCount) messages")
    }
    try write(simulation.takeRecords(), to: outputs.main)
    try write(simulation.summary(), to: outputs.main)
  }
}
