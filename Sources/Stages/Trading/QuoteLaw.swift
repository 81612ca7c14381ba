import Kernels
import Pipeline

/// What clients bid and nodes ask: a unit is worth the list price times 0.5 plus the utility to a
/// client, and costs a node the list price times its price factor.
struct QuoteLaw {
  private let listPrices: [Double]
  private let utilities: [Double]
  private let offers: [Int8]
  private let priceFactors: [Double]
  private let buyersMax: Int
  private let sampling: RandomStream

  /// Reads the quotes of a population, of which at most `buyersMax` clients bid for a type; 0 for all.
  init(_ population: ArtifactReader, buyersMax: Int, seed: UInt64) throws {
    typealias A = PopulationArtifact
    listPrices = try population.read(A.servicePrice)
    utilities = try population.read(A.clientUtility)
    offers = try population.read(A.nodeOffers)
    priceFactors = try population.read(A.nodePriceFactor)
    self.buyersMax = buyersMax
    sampling = RandomStream(seed: seed, name: "trading.sample")
  }

  var serviceCount: Int { listPrices.count }

  /// The bids of clients who want the type and have money, by client.
  func bids(service: Int, budgets: [Double]) -> [(client: Int32, price: Double)] {
    let willing = budgets.indices.filter {
      budgets[$0] > 0 && utilities[$0 * serviceCount + service] > 0
    }
    return sample(willing, service: service).map { client in
      let worth = listPrices[service] * (0.5 + utilities[client * serviceCount + service])
      return (Int32(client), min(worth, budgets[client]))
    }
  }

  /// The asks of nodes that offer the type, by node.
  func asks(service: Int) -> [(node: Int32, price: Double)] {
    priceFactors.indices.filter { offers[$0 * serviceCount + service] == 1 }.map { node in
      (Int32(node), listPrices[service] * priceFactors[node])
    }
  }

  /// Exactly `buyersMax` of them where there are more, in their order.
  private func sample(_ clients: [Int], service: Int) -> [Int] {
    guard buyersMax > 0, clients.count > buyersMax else { return clients }
    let order = Permutation(count: clients.count, stream: sampling.substream(UInt64(service)))
    return clients.indices.filter { order.image(of: $0) < buyersMax }.map { clients[$0] }
  }
}
