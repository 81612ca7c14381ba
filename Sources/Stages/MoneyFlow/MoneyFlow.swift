import Kernels
public import Pipeline

/// Looks at payments as a flow network: hubs, industries, cores, the maximum flow and the cut whose
/// removal would paralyse it (requirements N34, N35).
public struct MoneyFlow: Stage {
  public static let name = "moneyflow"
  public static let revision = 1
  public static let summary = "finds industries, cores, the maximum flow and its cut in payments"
  public static let isRandom = false
  static let payments = InputSlot(
    "payments", MoneyEdges.self, isRequired: false,
    "payments between accounts; the parameter `file` names a CSV file instead")
  public static let inputs = [payments]
  public static let outputs = [OutputPort.main(MoneyFlowArtifact.self)]

  let parameters: Parameters

  public init(_ parameters: Parameters) throws(ParameterError) {
    self.parameters = parameters
  }

  public func run(
    _ inputs: StageInputs, into outputs: StageOutputs, in context: StageContext
  ) async throws {
    let network = try PaymentNetwork.load(
      parameters, from: inputs.openIfGiven(Self.payments))
    try context.progress(0.2, "\(network.graph.arcCount) edges")
    try writeNodes(network, to: outputs.main)
    try context.progress(0.5, "maximum flow")
    try writeFlow(network, to: outputs.main)
    try context.progress(0.9, "inequality")
    try writeInequality(network, to: outputs.main)
  }

  private func writeNodes(_ network: PaymentNetwork, to artifact: ArtifactWriter) throws {
    typealias A = MoneyFlowArtifact
    let strengths = network.graph.strengths()
    let components = StronglyConnectedComponents(of: network.graph)
    let cores = CoreDecomposition(of: network.graph)
    try artifact.write(A.name, network.names)
    try artifact.write(A.outStrength, strengths.out)
    try artifact.write(A.inStrength, strengths.in)
    try artifact.write(A.component, components.labels)
    try artifact.write(A.core, cores.coreNumbers)
    try artifact.write(A.nodeCount, network.graph.nodeCount)
    try artifact.write(A.edgeCount, network.graph.arcCount)
    try artifact.write(A.totalAmount, Int(strengths.out.reduce(0, +)))
    try artifact.write(A.componentCount, components.count)
    try artifact.write(A.largestComponent, components.largestSize)
    try artifact.write(A.degeneracy, cores.degeneracy)
    try artifact.write(A.topCore, cores.topCoreSize)
  }

  private func writeFlow(_ network: PaymentNetwork, to artifact: ArtifactWriter) throws {
    typealias A = MoneyFlowArtifact
    guard let ends = try network.ends(parameters) else {
      return try writeNoFlow(network, to: artifact)
    }
    let flow = try MaximumFlow(in: network.graph, from: ends.source, to: ends.sink)
    let tails = network.tails
    let capacities = flow.cutArcs.map { network.graph.weights[$0] }
    try artifact.write(A.sourceSide, flow.isOnSourceSide.map { $0 ? 1 : 0 })
    try artifact.write(A.cutPayer, flow.cutArcs.map { tails[$0] })
    try artifact.write(A.cutPayee, flow.cutArcs.map { network.graph.targets[$0] })
    try artifact.write(A.cutAmount, capacities)
    try artifact.write(A.source, ends.source)
    try artifact.write(A.sink, ends.sink)
    try artifact.write(A.maxFlow, Int(flow.value))
    try artifact.write(A.cutCapacity, Int(capacities.reduce(0, +)))
    try artifact.write(A.cutCount, flow.cutArcs.count)
  }

  /// Without two different ends there is no flow and nothing to cut.
  private func writeNoFlow(_ network: PaymentNetwork, to artifact: ArtifactWriter) throws {
    typealias A = MoneyFlowArtifact
    try artifact.write(A.sourceSide, network.names.map { _ in 0 })
    try artifact.write(A.cutPayer, [])
    try artifact.write(A.cutPayee, [])
    try artifact.write(A.cutAmount, [])
    try artifact.write(A.source, -1)
    try artifact.write(A.sink, -1)
    try artifact.write(A.maxFlow, 0)
    try artifact.write(A.cutCapacity, 0)
    try artifact.write(A.cutCount, 0)
  }

  private func writeInequality(_ network: PaymentNetwork, to artifact: ArtifactWriter) throws {
    typealias A = MoneyFlowArtifact
    let strengths = network.graph.strengths()
    let received = try Inequality(of: strengths.in)
    try artifact.write(A.giniOut, Inequality(of: strengths.out).gini)
    try artifact.write(A.giniIn, received.gini)
    try artifact.write(A.giniEdges, Inequality(of: network.graph.weights).gini)
    let curve = received.lorenzCurve(points: 101)
    try artifact.write(A.lorenzNodes, curve.map(\.x))
    try artifact.write(A.lorenzMoney, curve.map(\.y))
  }
}
