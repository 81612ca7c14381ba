import Kernels
import Pipeline

/// Makes the cloud of a replay from a population, or a plain one from the parameters.
struct CloudBuilder {
  private let parameters: Traffic.Parameters

  init(_ parameters: Traffic.Parameters) {
    self.parameters = parameters
  }

  func build(population: ArtifactReader?, truth: ArtifactReader?) throws -> Cloud {
    var cloud = plainCloud()
    guard let population else { return cloud }
    try readServices(population, into: &cloud)
    try readNodes(population, into: &cloud)
    try readClients(population, into: &cloud)
    if let truth { try readTruth(truth, into: &cloud) }
    return cloud
  }

  /// One type, equal nodes, and one Poisson source that keeps them busy to the wanted share.
  private func plainCloud() -> Cloud {
    let nodes = parameters.nodes
    let servers = Int32(parameters.servers)
    let rate = parameters.utilisation * Double(nodes * parameters.servers) / parameters.serviceMean
    let all = Cloud.Offer(
      nodes: (0..<nodes).map(Int32.init), weights: [Double](repeating: 1, count: nodes))
    var cloud = Cloud()
    cloud.serviceLaw = [.exponential]
    cloud.serviceMean = [parameters.serviceMean]
    cloud.servicePrice = [1]
    cloud.serviceDeadline = [.infinity]
    cloud.nodeServers = [Int32](repeating: servers, count: nodes)
    cloud.nodeSpeed = [Double](repeating: 1, count: nodes)
    cloud.nodePriceFactor = [Double](repeating: 1, count: nodes)
    cloud.nodeQuality = [Double](repeating: 1, count: nodes)
    cloud.nodeConduct = [Cloud.Conduct](repeating: .honest, count: nodes)
    cloud.nodeSeverity = [Double](repeating: 0, count: nodes)
    cloud.offers = all.map { [$0] } ?? []
    cloud.clientRate = [rate]
    cloud.clientComplaint = [0]
    cloud.clientPerjury = [0]
    cloud.clientUtility = [1]
    setStations(&cloud)
    return cloud
  }

  private func setStations(_ cloud: inout Cloud) {
    cloud.routeShare = (
      parameters.cpuPoolShare, parameters.memoryPoolShare,
      1 - parameters.cpuPoolShare - parameters.memoryPoolShare
    )
    cloud.cpuPool = .init(workers: parameters.cpuPoolWorkers, meanSeconds: parameters.cpuPoolMean)
    cloud.isCPUPoolSynchronous = parameters.cpuPoolHandover == .synchronous
    cloud.memoryPool = .init(
      workers: parameters.memoryPoolWorkers, meanSeconds: parameters.memoryPoolMean)
    cloud.replySeconds = parameters.replySeconds
    cloud.timeoutSeconds = parameters.timeout
    cloud.suggestionShare = parameters.suggestionShare
  }

  private func readServices(_ population: ArtifactReader, into cloud: inout Cloud) throws {
    typealias A = PopulationArtifact
    cloud.serviceLaw = try population.read(A.serviceLaw).map { code in
      Cloud.ServiceLaw(rawValue: code) ?? .exponential
    }
    cloud.serviceMean = try population.read(A.serviceMean)
    cloud.servicePrice = try population.read(A.servicePrice)
    cloud.serviceDeadline = try population.read(A.serviceDeadline)
  }

  private func readNodes(_ population: ArtifactReader, into cloud: inout Cloud) throws {
    typealias A = PopulationArtifact
    cloud.nodeServers = try population.read(A.nodeServers)
    cloud.nodeSpeed = try population.read(A.nodeSpeed)
    cloud.nodePriceFactor = try population.read(A.nodePriceFactor)
    cloud.nodeQuality = try population.read(A.nodeQuality)
    cloud.nodeConduct = [Cloud.Conduct](repeating: .honest, count: cloud.nodeCount)
    cloud.nodeSeverity = [Double](repeating: 0, count: cloud.nodeCount)
    let popularity = try population.read(A.nodePopularity)
    let offers = try population.read(A.nodeOffers)
    cloud.offers = (0..<cloud.serviceCount).map { service in
      let nodes = cloud.nodeServers.indices.filter {
        offers[$0 * cloud.serviceCount + service] == 1
      }
      // A type that nobody offers is asked of every node rather than of none.
      let asked = nodes.isEmpty ? Array(cloud.nodeServers.indices) : nodes
      return Cloud.Offer(nodes: asked.map(Int32.init), weights: asked.map { popularity[$0] })
        ?? Cloud.Offer.first
    }
  }

  private func readClients(_ population: ArtifactReader, into cloud: inout Cloud) throws {
    typealias A = PopulationArtifact
    cloud.clientRate = try population.read(A.clientRate)
    cloud.clientComplaint = try population.read(A.clientComplaint)
    cloud.clientPerjury = [Double](repeating: 0, count: cloud.clientCount)
    cloud.clientUtility = try population.read(A.clientUtility)
  }

  private func readTruth(_ truth: ArtifactReader, into cloud: inout Cloud) throws {
    cloud.nodeConduct = try truth.read(PopulationTruth.behaviour).map { code in
      Cloud.Conduct(rawValue: code) ?? .honest
    }
    cloud.nodeSeverity = try truth.read(PopulationTruth.severity)
    cloud.clientPerjury = try truth.read(PopulationTruth.perjury)
    guard cloud.nodeConduct.count == cloud.nodeCount,
      cloud.clientPerjury.count == cloud.clientCount
    else {
      throw DataError(
        "truth", expected: "\(cloud.nodeCount) nodes and \(cloud.clientCount) clients",
        found: "\(cloud.nodeConduct.count) and \(cloud.clientPerjury.count): another population's")
    }
  }
}

extension Cloud.Offer {
  /// Node 0, always.
  static var first: Cloud.Offer {
    guard let offer = Cloud.Offer(nodes: [0], weights: [1]) else {
      preconditionFailure("one positive weight is a law")
    }
    return offer
  }
}
