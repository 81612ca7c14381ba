/// The cloud that a replay runs on: structure of arrays, times in seconds, money in coins.
public struct Cloud: Sendable {
  /// A law of service times with mean 1, to be scaled by a type's mean.
  public enum ServiceLaw: Int8, Sendable {
    case deterministic, exponential, uniform, erlang2
  }

  /// A station in front of the queues (requirement N24c): workers and a mean delay.
  public struct FrontEnd: Sendable {
    public let workers: Int
    public let meanSeconds: Double

    public init(workers: Int, meanSeconds: Double) {
      self.workers = workers
      self.meanSeconds = meanSeconds
    }
  }

  // Service types.
  public var serviceLaw: [ServiceLaw] = []
  public var serviceMean: [Double] = []
  public var servicePrice: [Double] = []
  /// Infinite for none.
  public var serviceDeadline: [Double] = []

  // Nodes; a node's behaviour is one of `Conduct`.
  public var nodeServers: [Int32] = []
  public var nodeSpeed: [Double] = []
  public var nodePriceFactor: [Double] = []
  public var nodeQuality: [Double] = []
  public var nodeConduct: [Conduct] = []
  public var nodeSeverity: [Double] = []
  /// For each type, the nodes that offer it, with the law by which requests choose one.
  public var offers: [Offer] = []

  // Clients; none for a replayed log, whose senders are unknown.
  public var clientRate: [Double] = []
  public var clientComplaint: [Double] = []
  public var clientPerjury: [Double] = []
  /// Row-major, clients x types.
  public var clientUtility: [Double] = []

  /// Shares of the three routes: CPU pool, memory pool, direct.
  public var routeShare = (cpuPool: 0.0, memoryPool: 0.0, direct: 1.0)
  public var cpuPool = FrontEnd(workers: 1, meanSeconds: 0)
  /// Whether a worker of the CPU pool calls the node and is held until the reply (a remote procedure
  /// call), or hands over to the node's queue and takes the next request (requirement N24c).
  public var isCPUPoolSynchronous = false
  public var memoryPool = FrontEnd(workers: 1, meanSeconds: 0)
  /// Time that a client takes for each reply in its queue, in seconds.
  public var replySeconds = 0.0
  /// When a client gives up waiting for a reply, in seconds after sending.
  public var timeoutSeconds = Double.infinity
  /// Probability that a message is accompanied by a suggestion.
  public var suggestionShare = 0.0

  /// A cloud of nothing, to be filled.
  public init() {}

  /// How a node deals with its clients.
  public enum Conduct: Int8, Sendable {
    case honest, overcharge, underserve, obstruct, favour
  }

  public struct Offer: Sendable {
    public let nodes: [Int32]
    public let choice: AliasTable

    /// Nil where no node with a positive weight offers the type.
    public init?(nodes: [Int32], weights: [Double]) {
      guard let choice = AliasTable(weights: weights) else { return nil }
      self.nodes = nodes
      self.choice = choice
    }
  }

  public var nodeCount: Int { nodeServers.count }
  public var clientCount: Int { clientRate.count }
  public var serviceCount: Int { serviceMean.count }
}
