public import Pipeline

/// What everybody may know of the cloud.
public enum PopulationArtifact: Artifact {
  static let node = Dimension("node", "a node of the cloud")
  static let client = Dimension("client", "a client")
  static let service = Dimension("service", "a service type")

  static let serviceName = Column<String>("service_name", service, text: "name of the type")
  static let servicePrice = Column<Double>(
    "service_price", service, unit: "coin", "list price of a request")
  static let serviceMean = Column<Double>(
    "service_mean", service, unit: "s", "mean service time at speed 1")
  static let serviceLaw = Column<Int8>(
    "service_law", service, flags: ServiceType.Law.allCases.map(\.rawValue),
    "law of the service time")
  static let serviceDeadline = Column<Double>(
    "service_deadline", service, unit: "s", "deadline of a reply; infinite for none")
  static let serviceValue = Column<Double>(
    "service_value", service, unit: "coin", "value() of a reply: ingredients and integration")
  static let nodeServers = Column<Int32>(
    "node_servers", node, unit: "1", "requests that the node serves at a time")
  static let nodeSpeed = Column<Double>(
    "node_speed", node, unit: "1", "service times are divided by it")
  static let nodePriceFactor = Column<Double>(
    "node_price_factor", node, unit: "1", "quoted price relative to the list price")
  static let nodePopularity = Column<Double>(
    "node_popularity", node, unit: "1", "weight by which requests choose the node")
  static let nodeQuality = Column<Double>(
    "node_quality_prior", node, unit: "1", "quality of service that the node advertises")
  static let nodeOffers = Column<Int8>(
    "node_offers", node, service, flags: ["no", "yes"], "whether the node offers the type")
  static let clientRate = Column<Double>(
    "client_rate", client, unit: "s-1", "mean rate of requests")
  static let clientBudget = Column<Int64>(
    "client_budget", client, unit: "coin", "money at the start")
  static let clientComplaint = Column<Double>(
    "client_complaint_probability", client, unit: "1",
    "probability that the client reports a bad dealing")
  static let clientUtility = Column<Double>(
    "client_utility", client, service, unit: "1", "value of a unit of the type to the client")
  static let nodeCount = Column<Int64>("node_count", unit: "1", "number of nodes")
  static let clientCount = Column<Int64>("client_count", unit: "1", "number of clients")

  public static let schema = ArtifactSchema(
    "population", "Nodes, clients and service types of a synthetic cloud",
    [
      serviceName.entry, servicePrice.entry, serviceMean.entry, serviceLaw.entry,
      serviceDeadline.entry, serviceValue.entry, nodeServers.entry, nodeSpeed.entry,
      nodePriceFactor.entry, nodePopularity.entry, nodeQuality.entry, nodeOffers.entry,
      clientRate.entry, clientBudget.entry, clientComplaint.entry, clientUtility.entry,
      nodeCount.entry, clientCount.entry,
    ])
}

/// What is hidden from arbiters: `assessment` alone compares it with their verdicts, and `traffic`
/// lets the nodes act by it.
public enum PopulationTruth: Artifact {
  static let behaviour = Column<Int8>(
    "node_behaviour", PopulationArtifact.node, flags: NodeBehaviour.allCases.map(\.rawValue),
    "how the node deals with clients")
  static let severity = Column<Double>(
    "node_severity", PopulationArtifact.node, unit: "1",
    "share of its dealings in which the node acts corruptly")
  static let perjury = Column<Double>(
    "client_perjury_probability", PopulationArtifact.client, unit: "1",
    "probability that the client reports a good dealing as bad")
  static let corruptCount = Column<Int64>("corrupt_count", unit: "1", "number of corrupt nodes")

  public static let schema = ArtifactSchema(
    "population_truth", "Hidden behaviour of nodes and clients",
    [behaviour.entry, severity.entry, perjury.entry, corruptCount.entry])
}
