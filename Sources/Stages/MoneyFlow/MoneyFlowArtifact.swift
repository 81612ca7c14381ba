public import Pipeline

/// The money-flow graph and what was found in it.
public enum MoneyFlowArtifact: Artifact {
  static let node = Dimension("node", "an account")
  static let cut = Dimension("cut_edge", "an edge of the minimum cut")
  static let lorenz = Dimension("lorenz_point", "a point of the Lorenz curve")

  static let name = Column<String>("node_name", node, text: "name of the account")
  static let outStrength = Column<Int64>("out_strength", node, unit: "coin", "money paid")
  static let inStrength = Column<Int64>("in_strength", node, unit: "coin", "money received")
  static let component = Column<Int32>(
    "component", node, unit: "1", "number of the strongly connected component (industry)")
  static let core = Column<Int32>(
    "core_number", node, unit: "1", "k of the last k-core that holds the node")
  static let sourceSide = Column<Int8>(
    "cut_side", node, flags: ["sink", "source"], "side of the minimum cut")
  static let cutPayer = Column<Int32>("cut_payer", cut, unit: "1", "paying account")
  static let cutPayee = Column<Int32>("cut_payee", cut, unit: "1", "paid account")
  static let cutAmount = Column<Int64>("cut_amount", cut, unit: "coin", "capacity of the edge")
  static let lorenzNodes = Column<Double>(
    "lorenz_nodes", lorenz, unit: "1", "share of accounts, the poorest first")
  static let lorenzMoney = Column<Double>(
    "lorenz_money", lorenz, unit: "1", "share of all money received")

  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of accounts")
  static let edgeCount = Column<Int64>(
    "edge_count", unit: "1", "pairs of accounts with payments, parallel ones merged")
  static let totalAmount = Column<Int64>("total_amount", unit: "coin", "money that moved")
  static let source = Column<Int64>("source", unit: "1", "number of the source account; -1: none")
  static let sink = Column<Int64>("sink", unit: "1", "number of the sink account; -1: none")
  static let maxFlow = Column<Int64>(
    "max_flow", unit: "coin", "most that can flow from source to sink")
  static let cutCapacity = Column<Int64>(
    "cut_capacity", unit: "coin", "capacity of the edges of the minimum cut")
  static let cutCount = Column<Int64>("cut_edge_count", unit: "1", "edges of the minimum cut")
  static let componentCount = Column<Int64>(
    "component_count", unit: "1", "strongly connected components")
  static let largestComponent = Column<Int64>(
    "largest_component", unit: "1", "accounts in the largest component")
  static let degeneracy = Column<Int64>(
    "degeneracy", unit: "1", "largest k with a k-core; reciprocal pairs merged, loops dropped")
  static let topCore = Column<Int64>("top_core_size", unit: "1", "accounts in that core")
  static let giniOut = Column<Double>("gini_out", unit: "1", "Gini coefficient of money paid")
  static let giniIn = Column<Double>("gini_in", unit: "1", "Gini coefficient of money received")
  static let giniEdges = Column<Double>("gini_edges", unit: "1", "Gini coefficient of the edges")

  public static let schema = ArtifactSchema(
    "moneyflow", "Money-flow graph: strengths, industries, cores, maximum flow and minimum cut",
    [
      name.entry, outStrength.entry, inStrength.entry, component.entry, core.entry,
      sourceSide.entry, cutPayer.entry, cutPayee.entry, cutAmount.entry, lorenzNodes.entry,
      lorenzMoney.entry, nodeCount.entry, edgeCount.entry, totalAmount.entry, source.entry,
      sink.entry, maxFlow.entry, cutCapacity.entry, cutCount.entry, componentCount.entry,
      largestComponent.entry, degeneracy.entry, topCore.entry, giniOut.entry, giniIn.entry,
      giniEdges.entry,
    ])
}
