import Kernels
public import Pipeline

/// Draws the cloud: nodes with services and prices, clients with rates, budgets and tastes, and,
/// apart from them, who is corrupt (requirements N1, N3, N6, N10, N15).
///
/// Popularity of nodes and activity of clients follow power laws with the exponents that were
/// fitted to the Bitcoin OTC trust network. Every draw is addressed by the number of its node or
/// client, so a larger population begins with the smaller one.
public struct Population: Stage {
  public static let name = "population"
  public static let revision = 1
  public static let summary = "draws nodes, clients and service types; who is corrupt stays apart"
  public static let outputs: [OutputPort] = [
    .main(PopulationArtifact.self), .named("truth", PopulationTruth.self),
  ]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let services = try ServiceType.load(parameters.services)
    try writeServices(services, to: outputs.main)
    try writeNodes(services, to: outputs.main, truth: outputs.named("truth"), context)
    try writeClients(services, to: outputs.main, truth: outputs.named("truth"), context)
  }

  private func writeServices(_ services: [ServiceType], to artifact: ArtifactWriter) throws {
    typealias A = PopulationArtifact
    try artifact.write(A.serviceName, services.map(\.name))
    try artifact.write(A.servicePrice, services.map(\.price))
    try artifact.write(A.serviceMean, services.map(\.meanSeconds))
    try artifact.write(A.serviceLaw, services.map(\.law.code))
    try artifact.write(A.serviceDeadline, services.map(\.deadlineSeconds))
    try artifact.write(A.serviceValue, services.map(\.value))
  }

  /// Draws nodes in chunks, so that memory does not grow with their number.
  private func writeNodes(
    _ services: [ServiceType], to artifact: ArtifactWriter, truth: ArtifactWriter,
    _ context: StageContext
  ) throws {
    typealias A = PopulationArtifact
    let law = NodeLaw(parameters, services: services.count, seed: context.seed)
    for chunk in chunks(of: parameters.nodes) {
      try context.progress(Double(chunk.lowerBound) / Double(parameters.nodes), "nodes")
      let nodes = chunk.map(law.node)
      try artifact.append(A.nodeServers, nodes.map(\.servers))
      try artifact.append(A.nodeSpeed, nodes.map(\.speed))
      try artifact.append(A.nodePriceFactor, nodes.map(\.priceFactor))
      try artifact.append(A.nodePopularity, nodes.map(\.popularity))
      try artifact.append(A.nodeQuality, nodes.map(\.qualityPrior))
      try artifact.append(
        A.nodeOffers, nodes.flatMap(\.offers), columns: services.count)
      try truth.append(PopulationTruth.behaviour, nodes.map(\.behaviour.code))
      try truth.append(PopulationTruth.severity, nodes.map(\.severity))
    }
    let corrupt = law.corruptCount
    try truth.write(PopulationTruth.corruptCount, corrupt)
    try artifact.write(A.nodeCount, parameters.nodes)
  }

  private func writeClients(
    _ services: [ServiceType], to artifact: ArtifactWriter, truth: ArtifactWriter,
    _ context: StageContext
  ) throws {
    typealias A = PopulationArtifact
    let law = ClientLaw(parameters, services: services.count, seed: context.seed)
    for chunk in chunks(of: parameters.clients) {
      try context.progress(Double(chunk.lowerBound) / Double(parameters.clients), "clients")
      let clients = chunk.map(law.client)
      try artifact.append(A.clientRate, clients.map(\.rate))
      try artifact.append(A.clientBudget, clients.map(\.budget))
      try artifact.append(A.clientComplaint, clients.map(\.complaintProbability))
      try artifact.append(
        A.clientUtility, clients.flatMap(\.utilities), columns: services.count)
      try truth.append(PopulationTruth.perjury, clients.map(\.perjuryProbability))
    }
    try artifact.write(A.clientCount, parameters.clients)
  }

  private func chunks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: 65_536).map { $0..<min($0 + 65_536, count) }
  }
}
