import Kernels

/// Graphs of payments.
extension Workload {
  func graph(_ kernel: KernelUnderTest) throws -> Double {
    let arcs = arcs()
    if kernel == .inequality { return try Inequality(of: arcs.amounts).gini }
    let graph = try SparseGraph(
      nodeCount: arcs.nodes, tails: arcs.payers, heads: arcs.payees, weights: arcs.amounts)
    switch kernel {
    case .strongComponents:
      let components = StronglyConnectedComponents(of: graph)
      return Double(components.count + components.largestSize)
    case .coreDecomposition:
      return Double(CoreDecomposition(of: graph).coreNumbers.reduce(0) { $0 + Int($1) })
    case .directedCores:
      let sizes = DirectedCoreFrontier(of: graph.simplified()).sizes
      return Double(sizes.reduce(0) { $0 + $1.reduce(0, +) })
    default:
      let flow = try MaximumFlow(in: graph, from: 0, to: arcs.nodes - 1, withArcFlows: true)
      return Double(flow.value)
    }
  }
}
